/** As small as a corridors file can be. */
export const corridors = [
  { id: 'lachin-corridor', name: 'Lachin corridor', aliases: ['Lachin road'] },
  { id: 'rafah-crossing', name: 'Rafah crossing', aliases: [] },
];

export const blockedBody = 'France said the Lachin corridor is blocked.';

export function record(id: string, body = blockedBody, more: object = {}): string {
  return JSON.stringify({ id, publisher: 'Valley Herald', publishedAt: '2023-01-20', body, ...more });
}

export function idsIn(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);
}
