'use client'
import { columnsShownAtFirst, EmptyState, ErrorState, Table } from '@parley/ui'
import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { ListFoot } from '../list/list-foot.tsx'
import { useFilters } from '../list/use-filters.ts'
import { Page } from '../shell/page.tsx'
import { peopleColumns } from './columns.tsx'
import { PeopleFilters } from './people-filters.tsx'
import { usePeople } from './use-people.ts'

/** Everybody: searched, filtered, ordered, and one of them looked at. */
export function PeoplePage() {
  const list = usePeople()
  const { get, set } = useFilters()
  const chosen = get('person')
  const [visible, setVisible] = useState(columnsShownAtFirst(peopleColumns))
  const { people, counts, pages } = list

  return (
    <Page path="/people" fill>
      <PeopleFilters list={list} columns={peopleColumns} visible={visible} onVisibleChange={setVisible} />
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
    </Page>
  )
}
