/** One line that says what is wrong with the embedded server and what to do; shown without a stack. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = "EmbeddedDatabaseError";
}
