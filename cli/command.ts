/** What the command line says in one sentence before it ends with exit code 2. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}
