'use client'
import { Button, columnsShownAtFirst, EmptyState, ErrorState, SelectionBar, Table } from '@parley/ui'
import { SearchX, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { ListFoot } from '../list/list-foot.tsx'
import { useFilters } from '../list/use-filters.ts'
import { useMe } from '../session/use-me.ts'
import { Page } from '../shell/page.tsx'
import { type BulkAct, BulkDialog } from './bulk/bulk-dialog.tsx'
import { peopleColumns } from './columns.tsx'
import { InviteDialog } from './invite/invite-dialog.tsx'
import { PersonPanel } from './panel/person-panel.tsx'
import { PeopleFilters } from './people-filters.tsx'
import { usePeople } from './use-people.ts'

const none: ReadonlySet<string> = new Set()

/** Everybody: searched, filtered, ordered, and one of them looked at. */
export function PeoplePage() {
  const list = usePeople()
  const { get, set } = useFilters()
  const chosen = get('person')
  const [visible, setVisible] = useState(columnsShownAtFirst(peopleColumns))
  const { people, counts, pages } = list
  const { permissions } = useMe()
  const manage = permissions['people.manage']
  const [inviting, setInviting] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<string>>(none)
  const [bulk, setBulk] = useState<BulkAct | null>(null)
  const chosenPeople = people?.filter((person) => selected.has(person.id)) ?? []

  return (
    <Page
      path="/people"
      fill
      end={
        manage && (
          <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
            Invite people
          </Button>
        )
      }
      panel={chosen && <PersonPanel key={chosen} person={chosen} onClose={() => set({ person: null })} />}
    >
      <PeopleFilters list={list} columns={peopleColumns} visible={visible} onVisibleChange={setVisible} />
      <SelectionBar count={chosenPeople.length} onClear={() => setSelected(none)}>
        {permissions['roles.assign'] && (
          <Button size="small" onClick={() => setBulk('role')}>
            Change role
          </Button>
        )}
        <Button size="small" onClick={() => setBulk('deactivate')}>
          Deactivate
        </Button>
      </SelectionBar>
      {pages.isError && !people ? (
        <ErrorState
          title="The list could not be fetched"
          onRetry={() => pages.refetch()}
          retrying={pages.isFetching}
        >
          {readError(pages.error).says}
        </ErrorState>
      ) : (
        <Table
          label="People"
          columns={peopleColumns}
          rows={people}
          rowKey={(person) => person.id}
          rowName={(person) => person.name}
          visible={visible}
          selected={manage ? selected : undefined}
          onSelectedChange={manage ? setSelected : undefined}
          sort={list.order}
          onSortChange={list.setOrder}
          current={chosen}
          onOpen={(person) => set({ person: person.id })}
          onEndReached={pages.more}
          total={counts?.total}
          refreshing={pages.isPlaceholderData}
          expectedRows={14}
          empty={
            <EmptyState icon={SearchX} title="Nobody fits">
              Take a filter away, or search for another part of the name or address.
            </EmptyState>
          }
        />
      )}
      <ListFoot
        shown={people?.length ?? 0}
        total={counts?.total}
        noun={['person', 'people']}
        fetching={pages.isFetchingNextPage}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {bulk && (
        <BulkDialog
          act={bulk}
          people={chosenPeople}
          onClose={(done) => {
            setBulk(null)
            if (done) setSelected(none)
          }}
        />
      )}
    </Page>
  )
}
