import * as z from 'zod/mini';

/** A list that a result may leave out. */
export const list = <T extends z.ZodMiniType>(of: T) => z._default(z.array(of), []);
