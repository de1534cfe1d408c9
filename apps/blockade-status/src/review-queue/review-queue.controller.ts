import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicRead } from '#access';
import { ReviewQueue, reviewQueuePage, type ReviewQueuePage } from './review-queue.query.ts';

/** Public like the statuses that it lists: it holds nothing else. */
@Controller('v1/review-queue')
@PublicRead()
export class ReviewQueueController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async queue(@Query({ schema: reviewQueuePage }) page: ReviewQueuePage) {
    return this.queries.execute(new ReviewQueue(page));
  }
}
