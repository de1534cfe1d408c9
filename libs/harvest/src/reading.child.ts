import { readFeed } from './feeds/feed.reader.ts';
import { HarvestError } from './harvest.error.ts';
import { readFragment, readPage } from './pages/page.reader.ts';
import { type ReadingAnswer, type ReadingJob } from './reading-job.ts';

// The process that reads what strangers wrote. It holds nothing, so that it can be killed at any moment, and it ends by
// itself when whoever started it is gone.
process.on('message', (job: ReadingJob) => {
  process.send?.(answerTo(job));
});
// Those are for its parent, which ends it when its own work is done.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

function answerTo(job: ReadingJob): ReadingAnswer {
  try {
    return { read: resultOf(job) };
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof HarvestError)) return { fault: { code: 'unreadable', message, line: null } };
    return { fault: { code: error.code, message, line: error.line } };
  }
}

function resultOf(job: ReadingJob): unknown {
  switch (job.kind) {
    case 'feed':
      return readFeed(job.document);
    case 'page':
      return readPage(job.document);
    case 'fragment':
      return readFragment(job.text);
  }
}
