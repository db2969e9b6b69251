/**
 * What the REST API takes and answers. Answers may gain fields in time, so they are not strict; what is taken is.
 */
export * from './conversation.ts'
export * from './failure.ts'
export * from './file.ts'
export * from './message.ts'
export { Done, NAMED } from './named.ts'
export * from './parts.ts'
export * from './person.ts'
