import fc from 'fast-check';
import { type Groupable } from './append-group.ts';
import { GroupCommit } from './group-commit.ts';

type Request = Groupable & { readonly name: string };
type Settled = PromiseSettledResult<string>;

const roomy = { eventsMax: 100, bytesMax: 1_000 };

function request(name: string, streamId = name): Request {
  return { name, streamId, eventIds: [`id of ${name}`], byteCount: 1 };
}

function written(group: readonly Request[]): readonly Settled[] {
  return group.map(({ name }) => ({ status: 'fulfilled', value: `${name} is written` }));
}

/** A writer whose groups stay under way until the test lets them land. */
function heldWriter() {
  const groups: { readonly names: readonly string[]; land(settled?: readonly Settled[]): void }[] = [];
  const write = (group: readonly Request[]) =>
    new Promise<readonly Settled[]>((resolve) => {
      groups.push({
        names: group.map(({ name }) => name),
        land: (settled = written(group)) => {
          resolve(settled);
        },
      });
    });
  return { groups, write };
}

const turn = () => new Promise(setImmediate);

it('writes what comes while a group is under way as one group', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit<Request, string>(write, roomy, roomy);
  const first = commit.submit(request('a'));
  await turn();
  const others = ['b', 'c', 'd'].map((name) => commit.submit(request(name)));
  await turn();
  expect(groups.map(({ names }) => names)).toEqual([['a']]);
  groups[0]!.land();
  await first;
  await turn();
  expect(groups.map(({ names }) => names)).toEqual([['a'], ['b', 'c', 'd']]);
  groups[1]!.land();
  expect(await Promise.all(others)).toEqual(['b is written', 'c is written', 'd is written']);
});

it('settles each request of a group by itself', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit<Request, string>(write, roomy, roomy);
  const settled = Promise.allSettled(['a', 'b'].map((name) => commit.submit(request(name))));
  await turn();
  groups[0]!.land([
    { status: 'rejected', reason: new Error('a is bad') },
    { status: 'fulfilled', value: 'b is written' },
  ]);
  expect(await settled).toMatchObject([
    { status: 'rejected', reason: { message: 'a is bad' } },
    { status: 'fulfilled', value: 'b is written' },
  ]);
});

it('refuses at once what is more than may wait, and takes more when there is room again', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit<Request, string>(write, roomy, { eventsMax: 2, bytesMax: 1_000 });
  const taken = ['a', 'b'].map((name) => commit.submit(request(name)));
  await expect(commit.submit(request('c'))).rejects.toMatchObject({ code: 'ledger_overloaded' });
  await turn();
  groups[0]!.land();
  await Promise.all(taken);
  const again = commit.submit(request('c'));
  await turn();
  groups[1]!.land();
  expect(await again).toBe('c is written');
});

it('is drained when the last group has landed', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit<Request, string>(write, roomy, roomy);
  await commit.drained();
  const appended = commit.submit(request('a'));
  let drained = false;
  const draining = commit.drained().then(() => (drained = true));
  await turn();
  expect(drained).toBe(false);
  groups[0]!.land();
  await draining;
  expect(await appended).toBe('a is written');
});

it('answers each caller with its own outcome and keeps the order of each stream, whatever the timing', async () => {
  const submissions = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(2) }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(submissions, fc.infiniteStream(fc.nat(3)), async (plan, delays) => {
      const order: Request[] = [];
      const commit = new GroupCommit<Request, string>(
        async (group) => {
          order.push(...group);
          for (let wait = Number(delays.next().value); wait > 0; wait -= 1) await turn();
          return written(group);
        },
        { ...roomy, eventsMax: 5 },
        roomy,
      );
      const answers = [];
      for (const [index, { stream, turns }] of plan.entries()) {
        for (let wait = turns; wait > 0; wait -= 1) await turn();
        answers.push(commit.submit(request(`r${index}`, stream)));
      }
      expect(await Promise.all(answers)).toEqual(plan.map((_, index) => `r${index} is written`));
      for (const stream of ['a', 'b', 'c']) {
        const names = order
          .filter(({ streamId }) => streamId === stream)
          .map(({ name }) => Number(name.slice(1)));
        expect(names).toEqual(names.toSorted((one, other) => one - other));
      }
    }),
    { numRuns: 50 },
  );
});
