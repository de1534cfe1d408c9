import {
  added,
  amended,
  claimOf,
  coded,
  recoded,
  registered,
  retracted,
  reviewed,
  superseded,
  told,
} from '../test/reports.ts';
import { statusScene, type StatusScene } from '../test/status-scene.ts';

const corridor = 'heron-pass';
const of = (name: string, on = '2023-02-01') => ({ name, corridor, on });

/** Everything that a corridor's readers may ask, for a day and as known at a position. */
function questions(knownAt: number): readonly string[] {
  const moment = `validAt=2023-02-20&knownAt=${knownAt}`;
  return [
    `status?${moment}`,
    `claims?${moment}`,
    `positions?${moment}`,
    `incidents?${moment}`,
    `impacts?${moment}`,
    `expectations?${moment}`,
    `timeline?from=2023-01-01&to=2023-02-20&knownAt=${knownAt}`,
    `summary?from=2023-01-01&to=2023-02-20&knownAt=${knownAt}`,
  ].map((question) => `/v1/corridors/${corridor}/${question}`);
}

let scene: StatusScene;
let then: number;

beforeAll(async () => {
  scene = await statusScene();
  await scene.record(
    registered(corridor),
    coded({ ...of('blocked'), status: 'blocked' }),
    coded({ ...of('denied', '2023-02-02'), status: 'open', type: 'denial', speaker: 'Northmark' }),
    told(of('convoy', '2023-02-03'), {
      type: 'incident',
      status: null,
      effect: 'passed',
      flows: ['aid_cargo'],
    }),
    told(of('hunger', '2023-02-04'), { type: 'impact', status: null }),
    told(of('promise', '2023-02-05'), { status: 'open', modality: 'future', validFrom: '2023-02-10' }),
    told(of('demand', '2023-02-06'), { type: 'demand', status: null, speaker: 'Southmark' }),
    told(of('kept', '2023-02-11'), { status: 'open' }),
  );
  then = await scene.settled();
});

afterAll(() => scene.close());

it('every answer has something to tell, so that what follows could fail', async () => {
  for (const url of questions(then)) {
    const { status, body } = await scene.get<{ items?: unknown[]; days?: unknown; status?: string }>(url);
    expect([url, status, body.items?.length ?? body.days ?? body.status]).toEqual([
      url,
      200,
      expect.anything(),
    ]);
    expect([url, body.items?.length]).not.toEqual([url, 0]);
  }
});

it('every answer says which position it reflects, and is not sent again to who has it', async () => {
  const now = questions(then).map((url) => url.replace(/&knownAt=\d+/, ''));
  const others = [
    '/v1/corridors',
    `/v1/corridors/${corridor}`,
    `/v1/corridors/${corridor}/changes`,
    '/v1/changes',
  ];
  for (const url of [...now, ...others]) {
    await scene.published();
    const { body, etag } = await scene.get(url);
    expect([url, body]).toMatchObject([
      url,
      { asOf: { position: then, recordedAt: expect.any(String) as string } },
    ]);
    const again = await scene.get(url, { 'if-none-match': etag ?? '' });
    expect([url, again.status, again.body]).toEqual([url, 304, null]);
    expect([url, (await scene.get(url, { 'if-none-match': 'W/"another"' })).status]).toEqual([url, 200]);
  }
});

it('no answer about the past as known then changes, whatever comes later', async () => {
  const answers = async () => Promise.all(questions(then).map((url) => scene.get(url)));
  const before = await answers();
  const kept = claimOf({ name: 'kept', status: 'open' });
  await scene.record(
    retracted('blocked', corridor),
    retracted('hunger', corridor),
    superseded('promise', corridor),
    reviewed(of('kept', '2023-02-11'), 'reject', kept),
    recoded(of('convoy', '2023-02-03'), claimOf({ name: 'anew', status: 'restricted' })),
    added(of('demand', '2023-02-06'), claimOf({ name: 'by hand', status: 'blocked', speaker: 'Southmark' })),
    coded({ ...of('late', '2023-02-01'), status: 'restricted' }),
    told(of('late convoy', '2023-03-01'), {
      type: 'incident',
      effect: 'passed',
      validFrom: '2023-02-03',
      flows: ['aid_cargo'],
    }),
    amended(corridor, { parties: [], operators: [], timezone: 'Asia/Dubai', baseline: null }),
  );
  const now = await scene.settled();
  expect(await answers()).toEqual(before);
  // And what came does change what is known now, so that the answers above could have changed.
  const known = await Promise.all(questions(now).map((url) => scene.get(url)));
  for (const [index, { body }] of known.entries())
    expect(body).not.toEqual({ ...before[index]?.body, asOf: body['asOf'] });
});
