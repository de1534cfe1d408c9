import { signs } from './masked-sentence.ts';

/**
 * Version 1 of the cues: small patterns over a masked sentence that rules string together. Each is linear: no
 * repetition stands inside another, and gaps between cues are the rules' affair.
 */
const word = (...alternatives: string[]) => new RegExp(`\\b(?:${alternatives.join('|')})\\b`, 'g');
const sign = (...kinds: string[]) => new RegExp(`[${kinds.join('')}]\\d+${signs.end}`, 'g');

export const cues = {
  /** The passage itself. */
  C: sign(signs.passage),
  /** A noun that names its closure. */
  B: sign(signs.blocked),
  /** A noun that names its restriction. */
  R: sign(signs.restricted),
  /** Any of them. */
  M: sign(signs.passage, signs.blocked, signs.restricted),

  be: word(
    'is|are|was|were|be|been|being|has|have|had|remain(?:s|ed|ing)?|stay(?:s|ed)?|becam?es?|stands?|stood|kept',
  ),
  isBe: word('(?:will|would|may|might|could|shall) be|is|are|was|were|been|remain(?:s|ed)?|stay(?:s|ed)?'),
  closed: word(
    'closed|shut|blocked|blockaded|sealed|cut off|severed|impassable|inaccessible|paraly[sz]ed|obstructed|suspended',
    'halted|at a (?:complete )?standstill|unusable',
  ),
  noAccess: word('impassable|inaccessible'),
  closeAct: word(
    'closed|closing|closes|blocked|blocking|blocks|shut|shutting|blockaded|blockading|sealed|sealing|severed|cut off',
    'cutting off|suspended|suspending|obstructed|halted|pull(?:ed)? out|withdrew',
  ),
  closeInfinitive: word('block|close|shut|blockade|blockading|seal|cut off|closing|blocking'),
  threat: word(
    'threat\\w*|plan(?:s|ned|ning)?|prepar\\w+|intends?|will|would|going to|could|might|may|begin\\w*',
  ),
  will: word('will'),
  begin: word(
    'begin|start|continue|resume|be imposed|be enforced|only be enforced|implement\\w*|enforc\\w+|assist\\w*|be involved',
  ),
  deniedRight: word('(?:is|are|was|were|being|been) (?:being )?(?:denied|withheld|prevented)'),
  notBlocking: word(
    "(?:not|n't|never) (?:\\w+ ){0,2}(?:blocked|blocking|closed|obstructed) (?:anything|anyone|it|any \\w+)",
  ),
  pronounOpen: /^["' ]*(?:it|this|that) (?:is|was|remains|has been) (?:\w+ly )?(?:open|reopened)\b/g,
  pronounClosed: /^["' ]*(?:it|this|that) (?:is|was|remains|has been) (?:\w+ly )?(?:closed|blocked|shut)\b/g,
  openState: word('open|opened|reopened|re-opened|unblocked|operational|functioning|accessible|passable'),
  opened: word('opened|reopened|re-opened|unblocked|resumed operations?'),
  openNoun: word('opening of|secured the opening of'),
  freely: word('freely|unhindered|without (?:hindrance|restrictions?|obstacles?)'),
  resumed: word(
    'resum(?:ed|es)|restored|returned to normal|flow(?:s|ing|ed) (?:freely|again|once again)|normali[sz]ed|back to normal',
  ),
  stopped: word(
    'halted|stopped|suspended|ceased|paraly[sz]ed|blocked|banned|come to a (?:complete )?(?:halt|standstill)',
  ),
  lifted: word(
    '(?:was|were|has been|had been|been|is) (?:finally |now |fully )?(?:lifted|ended|removed|broken)',
  ),
  traffic: word(
    'traffic|transit|movement|shipping|passage|passenger|cargo|deliver(?:y|ies)|evacuations?|transfers?|transportation',
    'vehicles?|trucks?|convoys?|ships?|vessels?|tankers?|crossings?|access|freedom of movement',
  ),
  movement: word('traffic|movement|passage|access|freedom of movement|transit'),
  prevents: word(
    'prevent(?:s|ed|ing)?|stopp(?:ed|ing)|stops|barr(?:ed|ing)|ban(?:s|ned|ning)?|hinder(?:s|ed|ing)? all|denied|denying',
  ),
  noTraffic: word(
    'no (?:\\w+ ){0,3}(?:traffic|vehicles?|movement|passage|access|convoys?|trucks?|ships?|vessels?|goods|supplies|aid)',
    'nothing|no one|nobody|not a single (?:\\w+ )?(?:truck|vehicle|ship|convoy|person)',
  ),
  passes: word(
    'pass|passes|passed|passing|cross(?:es|ed)?|through|get through|getting through|entered|enters?|moves?|moved',
  ),
  cannot: word("cannot|can't|can not|could not|couldn't|unable to|not able to"),
  passInfinitive: word('pass|cross|export|transit|travel|use|leave|enter|reach|sail|bring'),
  impede: word(
    'imped\\w+|hinder\\w*|restrict\\w*|limit(?:s|ed|ing)?|hamper\\w*|disrupt\\w*|reduced?|delay\\w*|slow(?:ed|ing)?|curb\\w*',
  ),
  impeded: word(
    'impeded|hindered|restricted|limited|hampered|disrupted|delayed|controlled|conditioned|plunged',
  ),
  operations: word('access|movement|traffic|passage|transit|shipping|operations?|flow|deliver(?:y|ies)'),
  only: word('only|solely|exclusively'),
  trickle: word(
    'trickle|handful of (?:\\w+ )?(?:ships|trucks|vehicles|vessels)|below normal|a fraction of|limited (?:opening|use)',
  ),

  deny: word('den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?'),
  allegation: word('claims?|reports?|allegations?|accusations?|rumou?rs?|statements?|talk'),
  false: word(
    'false|baseless|groundless|unfounded|untrue|not true|fake|lies?|a lie|fabricat\\w+|nonsense|disinformation|a myth',
  ),
  thereIs: word('there (?:is|was|has been|are|were)(?: absolutely| simply)? (?:no|not any|never any)'),
  notClosed: word(
    "(?:not|never|hasn't|haven't|isn't|n't) (?:\\w+ ){0,2}(?:closed|blocked|shut|closing|blocking|blockading|obstruct\\w+|prevent(?:ed|ing))",
  ),
  insist: word('insist\\w*|maintain(?:s|ed)?'),
  clear: word('open|clear|functioning|operational|working normally'),

  demand: word(
    'call(?:s|ed|ing)? (?:\\w+ )?(?:for|on|upon)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?|appeal(?:s|ed|ing)? (?:to|for)',
    'press(?:es|ed|ing)?|pressur(?:e|es|ed|ing)|request(?:s|ed|ing)?|ask(?:s|ed|ing)?|insist(?:s|ed|ing)? (?:on|that)',
    'need(?:s|ed)? (?:to|for)|necessity|importance of|imperative|want(?:s|ed)? (?:\\w+ )?to see|wants? (?:\\w+ )?to',
    'would like to see|order(?:s|ed|ing)?|instruct\\w*|exhort\\w*|implor\\w*|obliging|telling|responsibility for|clear that',
  ),
  must: word('must|should|ought to|has to|have to|needs? to'),
  action: word(
    're-?open\\w*|open\\w*|unblock\\w*|lift(?:ing|ed)?|ends?|ending|ended|stop\\w*|ceas(?:e|es|ing)|halt\\w*|restor\\w+|resum\\w+',
    'remov\\w+|ensur\\w+|guarante\\w+|allow\\w*|permit\\w*|facilitat\\w+|unimpeded|unhindered|unfettered|safe passage',
    'free (?:and \\w+ )?(?:movement|passage|flow)|freedom of movement|respect|fulfil\\w*|comply|withdraw\\w*|drop|return to',
    'maintain\\w*|keep\\w*|remain|stay|abide|immediate end|continued flow',
  ),
  /** Whoever asks for it or works on it takes the closure for granted. */
  reopening: word(
    're-?open(?:ing)?|unblock(?:ing)?|restor(?:e|ing|ation)|lift(?:ing)?|resum(?:e|ing|ption)|end to|put(?:ting)? an end to|return to',
  ),
  open: word('open(?:ing)?(?: up)?'),
  effort: word(
    'efforts?|talks|negotiations?|attempts?|diplomacy|help|steps|try(?:ing)?|ways?|push|decision|agree(?:d|s|ment)|hop(?:e|es|ed|ing|eful)',
    'work(?:ing|ed)?|deal|not be able to|failed',
  ),

  condemn: word(
    'condemn\\w*|denounc\\w+|deplor\\w+|critici[sz]\\w+|slamm(?:ed|ing)|slams|blast(?:s|ed)|blam(?:e|es|ed|ing)|accus\\w+|attacking',
  ),
  unlawful: word(
    'not acceptable|unacceptable|illegal(?:ly)?|unlawful(?:ly)?|unjustif\\w+|inhuman\\w*|criminal|inadmissible|outrageous',
    'brazen(?:ly)?|cynical(?:ly)?|blatant(?:ly)?|reckless|unconscionable|intolerable|must not be tolerated|no reason that',
  ),
  violation: word('violat\\w+|breach(?:es|ed|ing)?|in defiance of|disregard\\w*|reneg\\w+'),
  charge: word(
    'hostages?|weapon|weaponi[sz]\\w+|genocid\\w+|ethnic cleansing|collective punishment|extortion|war crimes?|aggression|blackmail',
    'crimes? against humanity|starvation as',
  ),

  discuss: word(
    'discuss(?:ed|es|ing)?|discussions?|negotiat\\w+|consult(?:ed|s|ing|ations?)?|debat(?:e|ed|es|ing)|spoke (?:with|by|about)',
    'talk(?:ed|ing) (?:to|with|about)|raised|raising|phone (?:call|conversation)|met with|meeting|met to|hearing|conven\\w+',
    'vetoed|voted|appealed to|petitioned|in (?:constant )?(?:touch|contact)|diplomatic|briefed|engag(?:ed|ing) with|worked out',
    'mediat\\w+|drafting a|intensive diplomacy',
  ),
  commit: word(
    'vow(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|commitments?|committed to|agreed to|undert(?:ook|ake\\w*)',
    'offer(?:s|ed)? to|announce[sd]? (?:our|its|their|the|an?) (?:\\w+ ){0,2}(?:intent|intention|plans?|mission|decision|establishment)',
    '(?:stands?|is|are) (?:ready|prepared) to|combin(?:e|ed|ing) (?:their |our |its )?efforts|assur(?:ed|ance|es)',
    'support(?:s|ing)? efforts|will (?:also |soon )?(?:continue to |begin |be )?(?:work\\w*|support\\w*|help\\w*|escort\\w*|allow\\w*|facilitat\\w*|open|reopen)',
    'continues? to work|intend(?:s|ed)? to (?:build|open|help|support|work)|(?:made|make) the decision to|in exchange for \\w+ allowing',
  ),

  mover: word(
    'convoys?|trucks?|truckloads?|vehicles?|patients?|ships?|vessels?|tankers?|ambulances?|refugees|buses|bus|cargo',
    'civilians|nationals|residents|(?:tons|tonnes) of \\w+|wounded|\\d+ (?:\\w+ )?people|\\d+ (?:\\w+ )?children',
  ),
  moved: word(
    'pass(?:ed|es)|cross(?:ed|ing)|enter(?:ed|s)?|transit(?:ed|ing)|went (?:in|out|through)|g(?:o|ot|et|one) (?:in|out|through)',
    'arrived|reached|left|turned back|evacuat(?:ed|es)|transferred|transported|moved|delivered|departed|sailed|brought|carried',
    'fled|made (?:the crossing|their way|it|the trip)|flowed|takes?|took|letting through|stopped|let through',
  ),
  checkpoint: word('checkpoints?|roadblocks?|barriers?|concrete blocks?'),
  setUp: word('set up|sets up|establish\\w*|install\\w*|erect\\w*|put up'),
  attack: word(
    'attack(?:ed|s|ing)?|shell(?:ed|ing)|opened fire|fired (?:on|at)|shooting|shots|struck|bombard\\w*|explosion|destroyed|seized|looting|looted',
  ),
  utility: word('gas|electricity|power|internet'),
  cutOff: word('cut|cut off|been cut|disrupted'),

  impact: word(
    'shortages?|stranded|trapped|starv(?:e|ed|ing|ation)|famine|hunger|malnutrition|malnourished|rationing|rationed|miscarriages',
    'humanitarian (?:crisis|catastrophe|disaster|consequences|implications|emergency)|(?:running|ran|run) out|food (?:insecurity|scarcity)',
    'prices? (?:\\w+ )?(?:rose|rise|surged?|spiked?|soared?|to spike|to surge)|surge in (?:\\w+ )?prices|without (?:food|medicines?|electricity|gas|heating|fuel)',
    'lack of (?:\\w+ ){0,2}(?:food|medicines?|medication|fuel|supplies)|(?:insufficient|deficit of) (?:\\w+ ){0,2}(?:supplies|fuel|food|medicines?)',
    '(?:cannot|could not|unable to) leave|ability to leave|cut off from|one patient died|some deaths|preventable deaths|economy',
    'hindering delivery|humanitarian situation|empty shelves|shelves are empty|schools (?:are |were |have )?(?:been )?(?:closed|shut)|global food|hungry people',
  ),
  hardship: word(
    'trapped|stranded|hindering delivery|shelves are empty|empty shelves|running out|ran out|rationing|shortages? of|starving|hungry|depleting its',
  ),
} as const satisfies Record<string, RegExp>;

export type CueName = keyof typeof cues;
