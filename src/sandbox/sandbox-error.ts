/** Why a sandbox cannot be started, in a sentence for whoever started it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
