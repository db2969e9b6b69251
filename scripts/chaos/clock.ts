/**
 * Microseconds of a clock that all processes of this machine share and that nobody sets: what happened before what in
 * two of them is told by it.
 */
export const sharedNow = (): number => Number(process.hrtime.bigint() / 1_000n)
