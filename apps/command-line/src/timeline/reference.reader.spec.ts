import { Folder } from '../../test/run-command.ts';
import { BadInputError } from '../bad-input.error.ts';
import { readReference } from './reference.reader.ts';

const segment = { from: '2023-01-01', to: '2023-01-02', status: 'open' };
const reference = { corridor: 'valley-road', name: 'Valley road', timezone: 'UTC', segments: [segment] };

let folder: Folder;

beforeAll(async () => {
  folder = await Folder.make();
});

afterAll(async () => {
  await folder.remove();
});

async function faultOf(file: string): Promise<string> {
  const error: unknown = await readReference(file).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BadInputError);
  return (error as BadInputError).message;
}

it.each([
  ['segments[0].status', { segments: [{ ...segment, status: 'shut' }] }],
  ['segments[0].to', { segments: [{ ...segment, to: '2022-12-31' }] }],
  ['segments[0].evidence[0].fact', { segments: [{ ...segment, evidence: [{ date: '2023-01-01' }] }] }],
  ['segments', { segments: [] }],
  ['timezone', { timezone: 'Valley/Town' }],
  ['corridor', { corridor: undefined }],
  [
    'disputed[0].date',
    { disputed: [{ date: 'soon', speaker: 'a', claims: 'open', claim: 'b', source: '' }] },
  ],
])('names the file and the field of a reference with a bad %s', async (field, more) => {
  const file = await folder.write('reference.json', { ...reference, ...more });
  expect(await faultOf(file)).toContain(`${file}: ${field}: `);
});

it('names a file that is not there, one that is not JSON, and one that holds something else', async () => {
  const nowhere = folder.path('nowhere.json');
  expect(await faultOf(nowhere)).toContain(`${nowhere} cannot be read`);
  const prose = await folder.write('prose.json', 'The road is open.');
  expect(await faultOf(prose)).toContain(`${prose} is not valid JSON`);
  const list = await folder.write('list.json', [reference]);
  expect(await faultOf(list)).toContain(`${list}: reference: `);
});
