import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { type Ledger } from '#ledger';
import { CURSORS, pageOf, pageQuery, type Cursors, type Page } from '#platform';
import { LEDGER } from '../ingestion.tokens.ts';
import { Registry } from '../registry.ts';
import {
  publisherHistory,
  publisherStream,
  publisherView,
  type PublisherHistoryView,
  type PublisherView,
} from './publisher.view.ts';

export const publisherFilter = z.strictObject(pageQuery);
export type PublisherFilter = z.output<typeof publisherFilter>;

/** Publishers that were graded, by name. */
export class PublisherList extends Query<Page<PublisherView>> {
  constructor(readonly filter: PublisherFilter) {
    super();
  }
}

export class PublisherByName extends Query<PublisherHistoryView> {
  constructor(readonly name: string) {
    super();
  }
}

export class UngradedPublisherError extends Error {
  readonly code = 'ungraded_publisher';
  constructor(name: string) {
    super(`The publisher "${name}" has no grade.`);
  }
}

const list = 'publishers';

@QueryHandler(PublisherList)
export class PublisherListHandler implements IQueryHandler<PublisherList> {
  constructor(
    @Inject(Registry) private readonly registry: Registry,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  async execute({ filter: { cursor, limit } }: PublisherList): Promise<Page<PublisherView>> {
    const after = cursor === undefined ? null : this.cursors.open(list, cursor);
    await this.registry.catchUp();
    const rest = this.registry
      .gradings()
      .map(publisherView)
      .filter(({ name }) => after === null || name > after)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    return pageOf(
      rest,
      limit,
      (view) => view,
      ({ name }) => this.cursors.seal(list, name),
    );
  }
}

/** Reads the publisher's own stream. */
@QueryHandler(PublisherByName)
export class PublisherByNameHandler implements IQueryHandler<PublisherByName> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ name }: PublisherByName): Promise<PublisherHistoryView> {
    const view = publisherHistory(await this.ledger.readStream(publisherStream(name)));
    if (view === null) throw new UngradedPublisherError(name);
    return view;
  }
}
