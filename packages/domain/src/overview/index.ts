/** How the organisation and the installation are doing. `countDays` belongs in the worker's schedule. */
export { countDays } from './count-days.ts'
export { type Figures, figures } from './figures.ts'
