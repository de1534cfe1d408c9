/** Ships with the product: the founding case, under both sides' names. */
export const defaultCorridors: unknown = [
  {
    id: 'lachin-corridor',
    name: 'Lachin corridor',
    names: {
      hy: 'Բերձորի միջանցք',
      az: 'Laçın dəhlizi',
      ru: 'Лачинский коридор',
    },
    aliases: [
      'Lachin road',
      'Lachin route',
      'Lachin-Khankendi road',
      'Berdzor corridor',
      'Berdzor-Lachin corridor',
      'Goris-Stepanakert road',
      'Stepanakert-Goris road',
      'Goris-Stepanakert highway',
      'blockade of Nagorno-Karabakh',
      'Nagorno-Karabakh blockade',
      'blockade of Artsakh',
      'Artsakh blockade',
    ],
    contextAliases: [
      'the corridor',
      'the road',
      'the route',
      'the blockade',
      'the only road',
      'the lifeline',
    ],
    parties: ['Armenia', 'Azerbaijan', 'Russia', 'Nagorno-Karabakh authorities'],
    operators: ['ICRC'],
    primaryTraffic: 'civilian, commercial and humanitarian road traffic, both ways',
    primaryFlows: ['civilians', 'commercial', 'aid_cargo', 'medical_evacuation'],
    timezone: 'Asia/Baku',
    geometry: {
      type: 'LineString',
      coordinates: [
        [46.35, 39.51],
        [46.55, 39.64],
        [46.75, 39.82],
      ],
    },
    baseline: {
      status: 'open',
      since: '2020-11-10',
    },
  },
];
