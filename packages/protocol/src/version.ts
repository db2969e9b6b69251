/**
 * The wire version. Raise it when a frame or event changes so that an older peer would misread it, and say
 * what changed. The hash of the client frames' schema is held by a test, so that a change is never silent.
 *
 * 1  first version
 * 2  presence: `presence.chosen` among the personal events, which an older client would not know, and `chosen` in
 *    `synced`
 * 3  `redirect` among the reasons of `bye`, which an older client would not know, and `addresses` beside it; `resume` in
 *    `welcome` and `pong`
 * 4  `activity`, `look` and the `presence` frame, which only whoever looks is sent
 */
export const PROTOCOL = 4
/** The oldest version that servers still accept. */
export const OLDEST_PROTOCOL = 3
