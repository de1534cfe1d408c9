import { jest } from '@jest/globals';

// Whole systems start and stop in these tests; each wait inside has a deadline of its own that says what was missing.
jest.setTimeout(180_000);
