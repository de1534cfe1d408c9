// SQLSTATE classes: connection, insufficient resources, operator intervention, system error, transaction rollback.
const sqlStates = /^(08|53|57|58|40)|^(55P03|25P03|25006)$/;
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** The database cannot do it now, whatever was asked of it: the same later may well succeed. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (typeof code === 'string' && (networkCodes.has(code) || sqlStates.test(code))) return true;
  // pg gives these without a code.
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    message,
  );
}
