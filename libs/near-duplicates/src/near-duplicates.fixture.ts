/** A convoy report as an agency would send it, and what becomes of it elsewhere. */
export const agencyReport = `The convoy of twelve trucks waited at the bridge for nine hours on Thursday before it was allowed to pass, the relief organisation said in its daily update.
The trucks carried flour, cooking oil and medicine for the hospital in the upper town, where doctors say that stocks will last until the end of the month. Two drivers were questioned by soldiers and released in the evening.
A spokeswoman of the interior ministry said that the delay was caused by repairs on the northern lane, and that no vehicle had been refused. Residents on both banks of the river reported that private cars were turned back throughout the day.
The organisation asked all sides to let medical transports through without delay, as the agreement of last spring provides. Its next convoy is planned for Monday.`;

export const otherReport = `Farmers in the eastern plain have begun to bring in the apricot harvest, two weeks later than usual, because a cold April delayed the blossom. The growers' union expects a smaller crop and higher prices on the markets of the capital.
In the villages along the canal, families work until dark while the weather holds. A new cooling house, paid for by a loan of the regional bank, opened in time for the season and takes fruit from three hundred orchards.`;

export const readOut = (day: string, trucks: string, tonnes: string, patients: string): string =>
  `The coordination centre reports that on ${day} March a convoy of ${trucks} trucks crossed the valley road under escort. It delivered ${tonnes} tonnes of goods to the warehouses of the upper town and returned the same evening without incident. On its way back it took ${patients} patients to the regional hospital together with members of their families. The centre remains in contact with both sides and will continue to report on the movement of convoys every day at the usual hour.`;

export const paragraphsOf = (text: string): readonly string[] => text.split('\n');
