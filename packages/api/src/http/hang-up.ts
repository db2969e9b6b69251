const CODES = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ABORT_ERR']

/** Whether a stream failed because the other side is gone. */
export const isHangUp = (e: unknown): boolean => CODES.includes((e as NodeJS.ErrnoException).code ?? '')
