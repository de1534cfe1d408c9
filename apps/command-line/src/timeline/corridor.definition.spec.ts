import { referenceTimeline } from '#timeline-score';
import { Folder } from '../../test/run-command.ts';
import { definitionOf, readListedCorridors } from './corridor.definition.ts';

const reference = referenceTimeline.parse({
  corridor: 'valley-road',
  name: 'Valley road',
  timezone: 'Asia/Baku',
  primaryTraffic: 'lorries, both ways',
  segments: [{ from: '2023-01-01', to: '2023-01-01', status: 'open' }],
});

it('takes name, time zone and primary traffic of the reference, and the rest of the list', () => {
  const listed = [
    { id: 'other-road', parties: ['Germany'] },
    { id: 'valley-road', name: 'Road', timezone: 'UTC', aliases: ['the pass'], operators: ['ICRC'] },
  ];
  expect(definitionOf(reference, listed)).toMatchObject({
    name: 'Valley road',
    timezone: 'Asia/Baku',
    primaryTraffic: 'lorries, both ways',
    aliases: ['the pass'],
    operators: ['ICRC'],
    parties: [],
    baseline: null,
  });
});

it('needs no list', () => {
  expect(definitionOf(reference, [])).toMatchObject({ name: 'Valley road', aliases: [], parties: [] });
});

it('names the entry and the field of a bad list', async () => {
  const folder = await Folder.make();
  const file = await folder.write('corridors.json', [{ id: 'valley-road', parties: 'France' }]);
  await expect(readListedCorridors(file)).rejects.toThrow(`${file}: entry 1 (valley-road): parties: `);
  await folder.remove();
});
