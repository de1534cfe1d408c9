/** The role that the statements of this service run as. */
export const ingestionRole = 'corridor_watch_ingestion';
