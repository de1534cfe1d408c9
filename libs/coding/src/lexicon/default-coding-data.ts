import { type CodingData } from './coding-data.schema.ts';
import {
  emptyCodingData,
  mergeCodingData,
  parseCodingData,
  parseCodingDataExtension,
} from './coding-data.ts';
import commitmentRules from '../data/commitment.rules.json' with { type: 'json' };
import condemnationRules from '../data/condemnation.rules.json' with { type: 'json' };
import corridorWords from '../data/corridor-words.json' with { type: 'json' };
import countries from '../data/countries.json' with { type: 'json' };
import demandRules from '../data/demand.rules.json' with { type: 'json' };
import denialRules from '../data/denial.rules.json' with { type: 'json' };
import engagementRules from '../data/engagement.rules.json' with { type: 'json' };
import impactRules from '../data/impact.rules.json' with { type: 'json' };
import incidentRules from '../data/incident.rules.json' with { type: 'json' };
import notesRules from '../data/notes.rules.json' with { type: 'json' };
import offices from '../data/offices.json' with { type: 'json' };
import officials from '../data/officials.json' with { type: 'json' };
import organisations from '../data/organisations.json' with { type: 'json' };
import passage from '../data/passage.json' with { type: 'json' };
import passageRules from '../data/passage.rules.json' with { type: 'json' };
import plainStates from '../data/plain-states.rules.json' with { type: 'json' };
import publishers from '../data/publishers.json' with { type: 'json' };
import scope from '../data/scope.json' with { type: 'json' };
import sentenceWords from '../data/sentence-words.json' with { type: 'json' };
import sharedCues from '../data/shared.cues.json' with { type: 'json' };
import siegeRules from '../data/siege.rules.json' with { type: 'json' };
import speech from '../data/speech.json' with { type: 'json' };
import statusRules from '../data/status.rules.json' with { type: 'json' };

/** The files that ship with the coder, each in the form of an extension. Of two rules as sure, the first decides. */
export const shippedFiles = {
  'countries.json': countries,
  'organisations.json': organisations,
  'offices.json': offices,
  'officials.json': officials,
  'publishers.json': publishers,
  'speech.json': speech,
  'scope.json': scope,
  'sentence-words.json': sentenceWords,
  'corridor-words.json': corridorWords,
  'passage.json': passage,
  'shared.cues.json': sharedCues,
  'status.rules.json': statusRules,
  'denial.rules.json': denialRules,
  'demand.rules.json': demandRules,
  'condemnation.rules.json': condemnationRules,
  'commitment.rules.json': commitmentRules,
  'engagement.rules.json': engagementRules,
  'incident.rules.json': incidentRules,
  'impact.rules.json': impactRules,
  'plain-states.rules.json': plainStates,
  'passage.rules.json': passageRules,
  'siege.rules.json': siegeRules,
  'notes.rules.json': notesRules,
};

/** What ships with the coder. */
export const defaultCodingData: CodingData = parseCodingData(
  Object.entries(shippedFiles).reduce<CodingData>(
    (data, [file, json]) => mergeCodingData(data, parseCodingDataExtension(json, file)),
    emptyCodingData(),
  ),
  'default coding data',
);
