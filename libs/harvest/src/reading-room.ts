import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { type Feed, type FeedText } from './feeds/feed.ts';
import { type FeedDocument } from './feeds/feed.reader.ts';
import { HarvestError } from './harvest.error.ts';
import { type PageDocument, type PageText } from './pages/page.reader.ts';
import { type ReadingAnswer, type ReadingJob, type Readings } from './reading-job.ts';

export interface ReadingRoomSettings {
  readonly readersMax: number;
  /** For one document; then its reader is killed and another one takes its place. */
  readonly timeoutMs: number;
  readonly heapMbMax: number;
  /** A reader that has nothing to read for so long gives its memory back. */
  readonly idleMs: number;
}

export const defaultReadingRoom: ReadingRoomSettings = {
  readersMax: 2,
  timeoutMs: 5_000,
  heapMbMax: 128,
  idleMs: 60_000,
};

interface Task {
  readonly job: ReadingJob;
  readonly settle: (outcome: ReadingAnswer) => void;
}

/**
 * Reads feeds and pages in processes of their own. However a document is made, it costs at most its time limit and its
 * reader: we go on answering meanwhile. Processes, not threads: one thread that runs out of memory ends them all.
 */
export class ReadingRoom {
  readonly #queue: Task[] = [];
  readonly #readers = new Set<Reader>();
  #closed = false;

  constructor(private readonly settings: ReadingRoomSettings = defaultReadingRoom) {}

  /** Rejects with a `HarvestError`, as all of them. */
  readFeed(document: FeedDocument): Promise<Feed> {
    return this.#read({ kind: 'feed', document });
  }

  readPage(document: PageDocument): Promise<PageText> {
    return this.#read({ kind: 'page', document });
  }

  readFragment(text: FeedText): Promise<string> {
    return this.#read({ kind: 'fragment', text });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { settle } of this.#queue.splice(0)) settle(closedAnswer);
    await Promise.all([...this.#readers].map((reader) => reader.end(closedAnswer)));
  }

  async #read<Kind extends ReadingJob['kind']>(job: ReadingJob & { kind: Kind }): Promise<Readings[Kind]> {
    const answer = await new Promise<ReadingAnswer>((settle) => {
      if (this.#closed) settle(closedAnswer);
      else this.#queue.push({ job, settle });
      this.#assign();
    });
    if ('read' in answer) return answer.read as Readings[Kind];
    const { code, message, line } = answer.fault;
    throw new HarvestError(code, message, line === null ? {} : { line });
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const reader = [...this.#readers].find(({ busy }) => !busy) ?? this.#newReader();
      const task = reader === null ? undefined : this.#queue.shift();
      if (reader === null || task === undefined) return;
      reader.start(task);
    }
  }

  #newReader(): Reader | null {
    if (this.#readers.size >= this.settings.readersMax) return null;
    const reader: Reader = new Reader(
      this.settings,
      () => {
        this.#assign();
      },
      () => {
        this.#readers.delete(reader);
        this.#assign();
      },
    );
    this.#readers.add(reader);
    return reader;
  }
}

const closedAnswer: ReadingAnswer = {
  fault: { code: 'unreadable', message: 'The process ends', line: null },
};

/** Built beside this file, or run as it is written where nothing was built. */
const entry = new URL(`./reading.child${extname(import.meta.url)}`, import.meta.url);

class Reader {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #task: Task | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ending = false;

  constructor(
    private readonly settings: ReadingRoomSettings,
    onFree: () => void,
    onEnd: () => void,
  ) {
    this.#child = fork(entry, {
      execArgv: [`--max-old-space-size=${settings.heapMbMax}`, '--disable-warning=ExperimentalWarning'],
      // Neither settings nor keys: what is read here is not trusted.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('message', (answer) => {
      this.#settle(answer as ReadingAnswer);
      this.#rest();
      onFree();
    });
    this.#exited = new Promise((resolve) => {
      // `error` comes in place of `exit` where it could not even start, and beside it where it died under a message.
      const ended = (): void => {
        this.#ending = true;
        this.#settle({
          fault: { code: 'reading_too_large', message: 'It needs too much memory', line: null },
        });
        resolve();
        onEnd();
      };
      this.#child.on('exit', ended);
      this.#child.on('error', ended);
    });
  }

  get busy(): boolean {
    return this.#ending || this.#task !== null;
  }

  start(task: Task): void {
    const { timeoutMs } = this.settings;
    this.#task = task;
    this.#child.ref();
    this.#child.channel?.ref();
    const message = `It was not read within ${timeoutMs} ms`;
    this.#endAfter(timeoutMs, { fault: { code: 'reading_too_slow', message, line: null } });
    this.#child.send(task.job);
  }

  async end(answer: ReadingAnswer): Promise<void> {
    this.#ending = true;
    this.#settle(answer);
    // Its end is waited for, also where it was idle.
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #settle(answer: ReadingAnswer): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#task?.settle(answer);
    this.#task = null;
  }

  /** An idle reader is no reason for us to go on. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    this.#endAfter(this.settings.idleMs, closedAnswer).unref();
  }

  #endAfter(afterMs: number, answer: ReadingAnswer): NodeJS.Timeout {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.end(answer), afterMs);
    return this.#timer;
  }
}
