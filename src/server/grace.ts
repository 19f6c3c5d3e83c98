/** Longest time that calls get to end when the server stops, in milliseconds. In a file of its own: stdio reads it before it loads what makes calls. */
export const GRACE_MS = 10_000;
