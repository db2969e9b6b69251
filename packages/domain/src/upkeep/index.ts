/** What the database needs in order to go on: room for the months to come, and an end to what has served. */
export { keepUp } from './keep-up.ts'
