import { type Flow } from '#events';
import { type CorridorRules, flows, type PerFlow } from './status.ts';

/** The flows that the headline is about: as the definition says, else as the words for the traffic say. */
export function primaryFlowsOf({ primaryFlows, primaryTraffic }: CorridorRules): readonly Flow[] {
  if (primaryFlows !== null) return primaryFlows;
  const words = primaryTraffic ?? '';
  const named = flows.filter((flow) => flowWords[flow].test(words));
  return named.length > 0 ? named : flows.filter((flow) => flow !== 'peacekeepers' && flow !== 'staff');
}

const flowWords: PerFlow<RegExp> = {
  civilians: /civil|passenger|people|person|resident|refugee|evacu|travel|pedestrian|return/i,
  commercial: /commerc|trade|goods|cargo|freight|grain|export|import|shipping|ships|vessels|fuel/i,
  aid_cargo: /humanitarian|\baid\b|relief/i,
  medical_evacuation: /medical|patient|wounded|humanitarian road|humanitarian traffic/i,
  staff: /\bstaff\b|aid workers|personnel/i,
  peacekeepers: /peacekeep/i,
};

/** Exceptions for the sick and for staff make a way restricted, not open. */
export function mainOf(primary: readonly Flow[]): readonly Flow[] {
  const main = primary.filter((flow) => flow !== 'medical_evacuation' && flow !== 'staff');
  return main.length > 0 ? main : primary;
}
