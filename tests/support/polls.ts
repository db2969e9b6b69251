/** Where long polling asks. */
export const POLLS = /\/poll\?/
