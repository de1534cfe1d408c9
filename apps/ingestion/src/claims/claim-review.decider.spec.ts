import { type Claim, type PayloadOf } from '#events';
import { specificationOf } from '../command-handling/given-when-then.fixture.ts';
import { claimByHand, contentIn, movedClaim } from './claim-by-hand.ts';
import { claimInput, reviewInput, type Amendment } from './claim.input.ts';
import { claimReviewDecider, type ReviewCommand } from './claim-review.decider.ts';
import {
  added,
  body,
  claim,
  codedAs,
  context,
  received,
  retracted,
  reviewed,
  statementId,
  superseded,
} from './claims.fixture.ts';

// The decider folds every event of the stream, also those that it never decides on.
const given = specificationOf(claimReviewDecider as never) as unknown as (
  ...history: readonly { type: string; payload: unknown }[]
) => {
  when(command: ReviewCommand): {
    then(...events: readonly object[]): void;
    thenNothing(): void;
    thenRefused(code: string): void;
  };
};

const gradeOf = () => null;
const shut = claim({});
const history = [received, codedAs('heron-pass', shut)];

function review(
  decision: 'confirm' | 'reject' | 'amend',
  more: { amended?: Amendment; reviewer?: string } = {},
) {
  const { amended, reviewer = 'Desk' } = more;
  return (expectedRevision: number | null = null): ReviewCommand => ({
    kind: 'review',
    statementId,
    gradeOf,
    claimId: shut.claimId,
    review: reviewInput.parse({ decision, amended, reviewer }),
    expectedRevision,
  });
}

function add(more: object = {}): ReviewCommand & { readonly kind: 'add' } {
  const said = { corridor: 'heron-pass', type: 'impact', speaker: 'Northmark', quote: 'Shops are empty.' };
  return {
    kind: 'add',
    statementId,
    gradeOf,
    claim: claimInput.parse({ ...said, reviewer: 'Desk', ...more }),
  };
}

function addedBy({ claim: input }: ReturnType<typeof add>): Claim {
  return claimByHand(statementId, input.corridor, contentIn(input, body), body);
}

const [confirm, reject] = [review('confirm'), review('reject')];

describe('a review', () => {
  it('records a confirmation with the claim as it was judged', () => {
    given(...history)
      .when(confirm())
      .then(reviewed('confirm', shut));
  });

  it('records a rejection', () => {
    given(...history)
      .when(reject())
      .then(reviewed('reject', shut));
  });

  it('puts a claim right under its own id, and no longer for the reasons of the coder', () => {
    const amended = { status: 'restricted', speaker: 'Southmark' } as const;
    given(...history)
      .when(review('amend', { amended })())
      .then(reviewed('amend', { ...shut, ...amended, confidence: 1, why: null }));
  });

  it('takes the quote from the text when the span changes', () => {
    const start = body.indexOf('Shops');
    given(...history)
      .when(review('amend', { amended: { start, end: body.length } })())
      .then(
        reviewed('amend', {
          ...shut,
          start,
          end: body.length,
          quote: 'Shops are empty.',
          confidence: 1,
          why: null,
        }),
      );
  });

  it('drops the status with the type that it belonged to', () => {
    given(...history)
      .when(review('amend', { amended: { type: 'condemnation' } })())
      .then(reviewed('amend', { ...shut, type: 'condemnation', status: null, confidence: 1, why: null }));
  });

  it('says which traffic passed, and who let it', () => {
    const amended: Amendment = {
      type: 'incident',
      flows: ['medical_evacuation'],
      effect: 'passed',
      actor: 'ICRC',
    };
    given(...history)
      .when(review('amend', { amended })())
      .then(reviewed('amend', { ...shut, ...amended, status: null, confidence: 1, why: null } as Claim));
  });

  it('drops the effect with the type that it belonged to, and the actor with the effect', () => {
    const closed = claim({ effect: 'closed', actor: 'Northmark', flows: ['civilians'] });
    const certain = { confidence: 1, effect: null, actor: null, why: null };
    given(received, codedAs('heron-pass', closed))
      .when(review('amend', { amended: { type: 'denial' } })())
      .then(reviewed('amend', { ...closed, ...certain, type: 'denial' }));
    given(received, codedAs('heron-pass', closed))
      .when(review('amend', { amended: { effect: null } })())
      .then(reviewed('amend', { ...closed, ...certain }));
  });

  it('moves a claim to another corridor: rejected there, added here', () => {
    const moved = movedClaim(statementId, 'crane-pass', shut, {}, body);
    const move = review('amend', { amended: { corridor: 'crane-pass' } });
    const [rejection, addition] = [reviewed('reject', shut), added(moved, 'crane-pass')];
    given(...history)
      .when(move())
      .then(rejection, addition);
    given(...history, rejection, addition)
      .when(move())
      .thenNothing();
  });

  it('is no second opinion when the same request comes again, and one when another person says the same', () => {
    given(...history, reviewed('confirm', shut))
      .when(confirm())
      .thenNothing();
    given(...history, reviewed('confirm', shut))
      .when(review('confirm', { reviewer: 'Other desk' })())
      .then(reviewed('confirm', shut, 'Other desk'));
  });

  it('lets the last word count: a rejected claim can be confirmed', () => {
    given(...history, reviewed('reject', shut))
      .when(confirm())
      .then(reviewed('confirm', shut));
  });

  it('is refused when somebody else was faster and the reviewer wants to know', () => {
    given(...history)
      .when(confirm(1))
      .then(reviewed('confirm', shut));
    given(...history, reviewed('reject', shut, 'Other desk'))
      .when(confirm(1))
      .thenRefused('claim_changed');
    given(...history, reviewed('reject', shut, 'Other desk'))
      .when(confirm(2))
      .then(reviewed('confirm', shut));
  });

  it('is not disturbed by a coding that says the same again', () => {
    given(...history, codedAs('heron-pass', shut))
      .when(confirm(1))
      .then(reviewed('confirm', shut));
    given(...history, codedAs('heron-pass', { ...shut, confidence: 0.4 }))
      .when(confirm(1))
      .thenRefused('claim_changed');
  });

  it.each<[string, Amendment, string]>([
    ['a status without a state', { status: null }, 'invalid_claim'],
    ['a demand with a state', { type: 'demand', status: 'open' }, 'invalid_claim'],
    ['a presupposed denial', { type: 'denial', presupposed: true }, 'invalid_claim'],
    ['a demand with an effect', { type: 'demand', effect: 'opened' }, 'invalid_claim'],
    ['somebody who acts without effect', { actor: 'Northmark' }, 'invalid_claim'],
    ['a span beyond the text', { end: body.length + 1 }, 'invalid_claim'],
    ['a span that ends before it begins', { start: 5, end: 5 }, 'invalid_claim'],
    ['half a character', { start: body.indexOf('🔥') + 1, end: body.length }, 'invalid_claim'],
    ['a span without words', { start: body.indexOf(' '), end: body.indexOf(' ') + 1 }, 'invalid_claim'],
  ])('refuses %s', (_what, amended, code) => {
    given(...history)
      .when(review('amend', { amended })())
      .thenRefused(code);
  });

  it('is refused where there is nothing to judge', () => {
    given().when(confirm()).thenRefused('unknown_statement');
    given(received).when(confirm()).thenRefused('unknown_claim');
    given(...history, codedAs('heron-pass'))
      .when(confirm())
      .thenRefused('claim_replaced');
    given(...history, retracted)
      .when(confirm())
      .thenRefused('statement_retracted');
    given(...history, superseded)
      .when(confirm())
      .thenRefused('statement_superseded');
  });
});

describe('a claim by hand', () => {
  it('is added where its quote is in the text', () => {
    given(...history)
      .when(add())
      .then(added({ ...addedBy(add()), quote: 'Shops are empty.', coder: 'hand', confidence: 1 }));
  });

  it('is added once, and again when it was rejected meanwhile', () => {
    const found = addedBy(add());
    given(...history, added(found))
      .when(add())
      .thenNothing();
    given(...history, added(found), reviewed('reject', found))
      .when(add())
      .then(added(found));
  });

  it('goes to a statement that no coder could read, with the grade that its publisher has now', () => {
    const grade: PayloadOf<'ClaimAdded'>['grade'] = { reliability: 'B', kind: 'news', country: null };
    given(received)
      .when({ ...add(), gradeOf: () => grade })
      .then({ type: 'ClaimAdded', payload: { ...added(addedBy(add())).payload, grade } });
  });

  it('keeps the grade that the statement was coded with', () => {
    const grade = { reliability: 'B', kind: 'news', country: null } as const;
    given(...history)
      .when({ ...add(), gradeOf: () => grade })
      .then({ type: 'ClaimAdded', payload: { ...context, ...added(addedBy(add())).payload, grade: null } });
  });

  it('is refused where a coder found the same', () => {
    const { type, status, speaker, start, end } = shut;
    given(...history)
      .when(add({ type, status, speaker, quote: body.slice(start, end) }))
      .thenRefused('claim_exists');
  });

  it('is added beside an event of the same sentence that had another effect', () => {
    const passed = claim({ type: 'incident', status: null, effect: 'passed' });
    const { speaker, start, end } = passed;
    const same = { type: 'incident', speaker, quote: body.slice(start, end) } as const;
    const turnedBack = add({ ...same, effect: 'turned_back', flows: ['aid_cargo'] });
    given(received, codedAs('heron-pass', passed))
      .when(turnedBack)
      .then(added(addedBy(turnedBack)));
    given(received, codedAs('heron-pass', passed)).when(add(same)).thenRefused('claim_exists');
    given(received, codedAs('heron-pass', passed))
      .when(add({ ...same, effect: 'passed' }))
      .thenRefused('claim_exists');
  });

  it('has an id by what it says, which those without flows and effect have kept', () => {
    const said = [{}, { flows: ['staff'] }, { effect: 'passed' }];
    const ids = said.map((more) => addedBy(add({ type: 'incident', ...more })).claimId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toBe('3e188394-a7c7-805a-a29e-27134cd8f69c');
  });

  it.each([
    ['is not there', { quote: 'The pass is open.' }],
    ['is there twice', { quote: 'e' }],
    ['has no words', { quote: undefined, start: 0, end: 0 }],
  ])('is refused where its quote %s', (_what, more) => {
    given(...history)
      .when(add(more))
      .thenRefused('invalid_claim');
  });
});

describe('a reading of the whole statement', () => {
  const read: ReviewCommand = { kind: 'read', statementId, reading: { reviewer: 'Desk', note: null } };
  const event = { type: 'StatementReviewed', payload: { statementId, reviewer: 'Desk', note: null } };

  it('is recorded once by each person', () => {
    given(received).when(read).then(event);
    given(received, event).when(read).thenNothing();
  });

  it('counts anew after a newer coding', () => {
    given(received, event, codedAs('heron-pass', shut)).when(read).then(event);
  });

  it('is refused for a statement that is gone', () => {
    given(...history, retracted)
      .when(read)
      .thenRefused('statement_retracted');
  });
});
