export { type KeyFile, KeyFileError, openKeyFile } from './key-file.ts';
