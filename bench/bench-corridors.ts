import { type CorridorDefinition } from '#events';

const places = [
  'Amber Pass',
  'Birch Ford',
  'Cedar Gap',
  'Dune Crossing',
  'Elm Bridge',
  'Falcon Pass',
  'Granite Gap',
  'Heron Ford',
  'Iris Crossing',
  'Juniper Bridge',
  'Kestrel Pass',
  'Larch Ford',
];

/** Corridors that exist nowhere, for statements that nobody made. */
export const benchCorridors: readonly { id: string; definition: CorridorDefinition }[] = places.map(
  (place) => ({
    id: `${place.toLowerCase().replace(' ', '-')}-corridor`,
    definition: {
      name: `${place} corridor`,
      names: {},
      aliases: [`${place} road`],
      contextAliases: [],
      parties: ['Northland', 'Southland'],
      operators: [],
      primaryTraffic: null,
      primaryFlows: null,
      freshnessDays: { contested: 3, stable: 14 },
      timezone: 'UTC',
      geometry: null,
      baseline: { status: 'open', since: '2020-01-01' },
    },
  }),
);
