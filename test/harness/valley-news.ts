/** Statements that we wrote ourselves; the places are real, the reports are not. */
export const blockedReport = {
  publisher: 'Valley Herald',
  url: 'https://news.example/2023/01/20/corridor',
  publishedAt: '2023-01-20T17:00:00Z',
  title: 'Paris and Washington want the corridor opened',
  language: 'en',
  about: ['lachin-corridor'],
  body: [
    'The United States and France vowed on Friday to work together to end the blockade of Nagorno-Karabakh, which they called “not acceptable.”',
    'The Lachin corridor has been blocked since 12 December 2022, and no civilian traffic passes, the International Committee of the Red Cross said on Friday.',
    'France’s foreign ministry spoke of the need for an immediate restoration of free movement along the Lachin corridor. “The ongoing blockade of the Lachin corridor must end,” the ministry said.',
    'Schools in Stepanakert, which Azerbaijan calls Khankendi, remained shut for lack of gas 🔥, a local paper wrote.',
    'Azerbaijan denied that the road was blocked.',
  ].join('\n'),
};

export const openedReport = {
  publisher: 'United Nations',
  publishedAt: '2023-03-10T09:00:00Z',
  language: 'en',
  body: 'The Lachin corridor is open again, and traffic has resumed in both directions, the United Nations said on Friday.\nThe International Committee of the Red Cross confirmed that the Lachin corridor is open to all traffic.',
};
