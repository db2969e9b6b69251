/** The organisation itself: that it is there, whose it is, and what it is called. */
export { renameOrganisation } from './rename.ts'
export { type SetUp, setUp } from './set-up.ts'
export { type SetupState, setupState } from './setup-state.ts'
