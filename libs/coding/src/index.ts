export * from './coder.ts';
