import {
  changeRole,
  deactivate,
  listPeople,
  me,
  peopleByIds,
  personDetail,
  reactivate,
  searchPeople,
  updateProfile,
} from '@parley/domain/people/index'
import { posted, procedure, router } from '../trpc.ts'

/** People: myself, my colleagues, and their administration. */
export const people = router({
  me: procedure(me),
  byIds: posted(peopleByIds),
  search: procedure(searchPeople),
  updateProfile: procedure(updateProfile),
  list: procedure(listPeople),
  detail: procedure(personDetail),
  changeRole: procedure(changeRole),
  deactivate: procedure(deactivate),
  reactivate: procedure(reactivate),
})
