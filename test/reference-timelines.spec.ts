import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { referenceTimeline, type ReferenceTimeline } from '#timeline-score';

const folder = join(import.meta.dirname, '../timelines');

let references: readonly ReferenceTimeline[];

beforeAll(async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  references = texts.map((text) => referenceTimeline.parse(JSON.parse(text)));
});

it('leave no day between two segments, and have facts for each', () => {
  expect(references.length).toBeGreaterThanOrEqual(5);
  for (const { segments } of references) {
    expect(segments.slice(1).map(({ from }) => from)).toEqual(
      segments.slice(0, -1).map(({ to }) => new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10)),
    );
    for (const { evidence } of segments) expect(evidence).not.toEqual([]);
  }
});

it('dispute only what they do not say themselves', () => {
  for (const { segments, disputed } of references)
    for (const { date, claims } of disputed) {
      const truth = segments.find(({ from, to }) => from <= date && date <= to);
      expect(truth?.status).toMatch(/^(open|restricted|blocked)$/);
      expect(truth?.status).not.toBe(claims);
    }
});
