/** The code with which a call is refused; null where it is not. */
export function refusal<Args extends readonly unknown[]>(
  act: (...args: Args) => unknown,
  ...args: Args
): unknown {
  try {
    act(...args);
    return null;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}
