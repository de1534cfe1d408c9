/** Texts long enough to be compared, each of other words than the next. */
export const reports = {
  bridge: `The Lachin corridor is blocked, the relief organisation said on Thursday, and its convoy waited at the bridge for nine hours before it turned back. The trucks carried flour, cooking oil and medicine for the hospital in the upper town, where doctors say that stocks will last until the end of the month. Two drivers were questioned by soldiers and released in the evening. A spokeswoman of the interior ministry said that the delay was caused by repairs on the northern lane, and that no vehicle had been refused.
The organisation asked all sides to let medical transports through without delay, as the agreement of last spring provides. Its next attempt is planned for Monday.`,
  harvest: `Farmers in the eastern plain have begun to bring in the apricot harvest, two weeks later than usual, because a cold April delayed the blossom. The growers' union expects a smaller crop and higher prices on the markets of the capital. In the villages along the canal families work until dark while the weather holds, and a new cooling house opened in time for the season.`,
  bakery: `The last bakery in the upper town has begun to hand out bread against coupons, one loaf for each family and day, because the mill received no grain this week. People wait from four in the morning, the baker told our reporter, and many go home without. The town council decided late at night to open its own store of wheat, which was meant for the spring sowing, and asked farmers nearby to lend what they can spare.`,
} as const;

export const withoutLastParagraph = (text: string): string => text.split('\n').slice(0, -1).join('\n');
