import { type PayloadOf } from '#events';
import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import { statementDecider, type StatementEvent } from './statement.decider.ts';

const given = specificationOf(statementDecider);
const statementId = '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c11';

const received: PayloadOf<'StatementReceived'> = {
  statementId,
  publisher: 'Valley Herald',
  url: null,
  publishedAt: '2023-01-20T00:00:00.000Z',
  title: null,
  language: 'en',
  languageBy: 'publisher',
  about: [],
  body: 'The valley road is blocked.',
  cluster: statementId,
  revises: null,
  custody: {
    receivedFrom: 'key',
    receivedAt: '2023-01-20T01:00:00.000Z',
    bytesSha256: '0'.repeat(64),
    bytesOf: 'request',
    remoteAddress: null,
    fetch: null,
  },
};

const codedAbout = (corridor: string): PayloadOf<'StatementCoded'> => ({
  statementId,
  corridor,
  publisher: received.publisher,
  grade: null,
  url: null,
  publishedAt: received.publishedAt,
  title: null,
  cluster: statementId,
  coder: 'rules/1',
  coderData: null,
  claims: [],
});

const claim: PayloadOf<'ClaimAdded'>['claim'] = {
  claimId: '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c13',
  type: 'status',
  status: 'blocked',
  presupposed: false,
  speaker: 'Valley Herald',
  speakerName: null,
  modality: 'asserted',
  validFrom: null,
  start: 0,
  end: 27,
  quote: received.body,
  confidence: 1,
  coder: 'person',
  coderData: null,
  rule: 'by-hand',
  flows: [],
  effect: null,
  actor: null,
  why: null,
};

const receive = {
  kind: 'receive' as const,
  received,
  coded: [codedAbout('hill-road'), codedAbout('valley-road')],
  supersededBy: null,
};
const later = '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c12';
const supersede = { kind: 'supersede' as const, statementId, supersededBy: later };
const retract = { kind: 'retract' as const, statementId, reason: 'The publisher withdrew it.' };

const receivedEvent: StatementEvent = { type: 'StatementReceived', payload: received };
const codedEvent = (corridor: string): StatementEvent => ({
  type: 'StatementCoded',
  payload: codedAbout(corridor),
});
const retractedEvent = (corridor: string | null): StatementEvent => ({
  type: 'StatementRetracted',
  payload: { statementId, corridor, reason: retract.reason },
});

const supersededEvent = (corridor: string | null): StatementEvent => ({
  type: 'StatementSuperseded',
  payload: { statementId, corridor, supersededBy: later },
});

it('records a new statement and its claims, corridor by corridor', () => {
  given().when(receive).then(receivedEvent, codedEvent('hill-road'), codedEvent('valley-road'));
});

it('is no news when the same text comes again', () => {
  given(receivedEvent, codedEvent('valley-road')).when(receive).thenNothing();
});

it('retracts a statement for each corridor that it spoke of', () => {
  given(receivedEvent, codedEvent('hill-road'), codedEvent('valley-road'))
    .when(retract)
    .then(retractedEvent('hill-road'), retractedEvent('valley-road'));
});

it('retracts a statement once for each corridor, however often it was coded or reviewed', () => {
  const { coder: _coder, coderData, claims: _claims, ...context } = codedAbout('river-road');
  const claim = {
    claimId: '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c12',
    type: 'impact' as const,
    status: null,
    presupposed: false,
    speaker: 'Valley Herald',
    speakerName: null,
    modality: 'asserted' as const,
    validFrom: null,
    start: 0,
    end: received.body.length,
    quote: received.body,
    confidence: 1,
    coder: 'hand',
    coderData,
    rule: 'hand',
    flows: [],
    effect: null,
    actor: null,
    why: null,
  };
  const added: StatementEvent = {
    type: 'ClaimAdded',
    payload: { ...context, claim, reviewer: 'Desk', note: null },
  };
  given(receivedEvent, codedEvent('hill-road'), codedEvent('hill-road'), added)
    .when(retract)
    .then(retractedEvent('hill-road'), retractedEvent('river-road'));
});

it('retracts a statement that spoke of no corridor', () => {
  given(receivedEvent).when(retract).then(retractedEvent(null));
});

it('retracts once', () => {
  given(receivedEvent, retractedEvent(null)).when(retract).thenNothing();
});

it('keeps a retracted statement retracted when its text comes again', () => {
  given(receivedEvent, codedEvent('hill-road'), retractedEvent('hill-road')).when(receive).thenNothing();
});

it('refuses to retract what was never received', () => {
  given().when(retract).thenRefused('unknown_statement');
});

it('gives way to a newer version for each corridor once, however often that was coded', () => {
  const history = [
    receivedEvent,
    codedEvent('hill-road'),
    codedEvent('valley-road'),
    codedEvent('hill-road'),
  ];
  given(...history)
    .when(supersede)
    .then(supersededEvent('hill-road'), supersededEvent('valley-road'));
  given(...history, supersededEvent('hill-road'))
    .when(supersede)
    .thenNothing();
});

it('gives way also where a person alone found a claim', () => {
  const { coder: _coder, coderData: _data, claims: _claims, ...context } = codedAbout('hill-road');
  const payload = { ...context, claim, reviewer: 'Desk two', note: null };
  given(receivedEvent, { type: 'ClaimAdded', payload }).when(supersede).then(supersededEvent('hill-road'));
});

it('gives way although it says nothing of any corridor', () => {
  given(receivedEvent).when(supersede).then(supersededEvent(null));
});

it('records an earlier version that comes late without claims', () => {
  given()
    .when({ ...receive, supersededBy: later })
    .then(receivedEvent, supersededEvent(null));
});

it('does not let a newer version end what is retracted, and can retract what was superseded', () => {
  given(receivedEvent, retractedEvent(null)).when(supersede).thenNothing();
  given(receivedEvent, codedEvent('hill-road'), supersededEvent('hill-road'))
    .when(retract)
    .then(retractedEvent('hill-road'));
});

describe('redaction', () => {
  const told = { ownAct: false, lasting: true, spanning: false, variant: 0, sameWordsAs: [] };
  const version = { corridor: 'valley-road', position: 2, claimId: claim.claimId, told };
  const redact = {
    kind: 'redact' as const,
    statementId,
    reason: 'It names a private person.',
    requestedBy: null,
    wording: '5f0c5a0e-7c1d-4b8e-9d57-0a2b6a1f0c19',
    claims: [version],
  };
  const redacted = (corridor: string | null): StatementEvent => ({
    type: 'StatementRedacted',
    payload: {
      statementId,
      corridor,
      reason: redact.reason,
      requestedBy: null,
      wording: corridor === null ? redact.wording : null,
      claims: corridor === 'valley-road' ? [{ position: 2, claimId: claim.claimId, told }] : [],
    },
  });
  const receivedEvent: StatementEvent = { type: 'StatementReceived', payload: received };
  const codedEvent = (corridor: string): StatementEvent => ({
    type: 'StatementCoded',
    payload: codedAbout(corridor),
  });
  const retractedEvent: StatementEvent = {
    type: 'StatementRetracted',
    payload: { statementId, corridor: 'valley-road', reason: 'A mistake.' },
  };

  it('is told to the statement and to each corridor that it spoke of, with what its words told there', () => {
    given(receivedEvent, codedEvent('valley-road'), codedEvent('hill-road'))
      .when(redact)
      .then(redacted(null), redacted('valley-road'), redacted('hill-road'));
  });

  it('is told of a statement that is retracted, too', () => {
    given(receivedEvent, codedEvent('valley-road'), retractedEvent)
      .when(redact)
      .then(redacted(null), redacted('valley-road'));
  });

  it('happens once', () => {
    given(receivedEvent, redacted(null)).when(redact).thenNothing();
    given(receivedEvent, redacted(null), retractedEvent).when(redact).thenNothing();
  });

  it('is refused for a statement that is not there', () => {
    given().when(redact).thenRefused('unknown_statement');
  });

  it('leaves the claims to be retracted', () => {
    given(receivedEvent, codedEvent('valley-road'), redacted(null), redacted('valley-road'))
      .when({ kind: 'retract', statementId, reason: 'A mistake.' })
      .then(retractedEvent);
  });

  it('lets no text of it in a second time', () => {
    given(receivedEvent, redacted(null))
      .when({ kind: 'receive', received, coded: [], supersededBy: null })
      .thenNothing();
  });
});
