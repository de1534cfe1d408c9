import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { originHash } from './head.store.ts';
import { type Submission } from './submission.ts';

const keptMax = 100;

/**
 * What a log has signed although it does not follow from what it signed before: the two notes together prove the fork to
 * anybody who has the log's key. The first hundred of a log are kept.
 */
export class EvidenceStore {
  constructor(private readonly directory: string) {}

  async keep(origin: string, { oldSize, note }: Submission, head: string | null): Promise<void> {
    const directory = join(this.directory, originHash(origin));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const { length } = await readdir(directory);
    if (length >= keptMax) return;
    const text = `What was cosigned before:\n\n${head ?? '(nothing)\n'}\nWhat was refused (old ${oldSize}):\n\n${note}`;
    await writeFile(join(directory, `${new Date().toISOString().replaceAll(':', '')}.txt`), text, {
      mode: 0o600,
    });
  }
}
