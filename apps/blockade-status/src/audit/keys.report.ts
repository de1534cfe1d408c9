import { type KeysStanding, type Rotation } from '#transparency';

export function standingText({ origin, keys, keyFile, lastSigned }: KeysStanding): string {
  if (origin === null) return 'There is no log yet: it gets its first key when the service starts.';
  const lines = keys.map(({ vkey, fromSize, untilSize }) =>
    untilSize === null
      ? `  ${vkey}  signs since size ${fromSize}`
      : `  ${vkey}  signed sizes ${fromSize} to ${untilSize}`,
  );
  const signed =
    lastSigned === null ? 'nothing on record here' : `size ${lastSigned.size}, root ${lastSigned.root}`;
  return [
    `Log          ${origin}`,
    `Key file     ${keyFile}`,
    `Last signed  ${signed}`,
    'Keys',
    ...lines,
  ].join('\n');
}

export function rotationText({ oldVkey, newVkey, size }: Rotation, given: boolean): string {
  const next = given
    ? 'LOG_SIGNING_KEY holds the old key: unset it, so that the service takes the new one from the file. Until then nothing is signed.'
    : 'A service that runs takes it by itself.';
  return [
    size === 0
      ? 'The log was empty: the old key has signed nothing, and the new one signs all.'
      : `Both keys have signed the tree of ${size} events; from here on the new one signs alone.`,
    `Old key  ${oldVkey}`,
    `New key  ${newVkey}`,
    next,
    'Tell verifiers and witnesses of it: npm run keys -- trust',
  ].join('\n');
}
