import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useRef, useState } from "react";
import { useSearchParams } from "wouter";
import { useAnswer } from "../../api/use-answer.ts";
import { useKeys } from "../../keys/keys-context.tsx";
import { CardList } from "../../parts/card-list.tsx";
import { faultOfId, isId, shownId } from "../../parts/ids.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import { useMe } from "../../session/me.tsx";
import { type Match, MatchCard } from "./match-card.tsx";
import "./search.css";

/** Whose or what an id is. */
export default function SearchPage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get("id")?.trim() ?? "";
  return (
    <>
      <PageHeader
        title="Search"
        tab={asked === "" ? "Search" : `${shownId(asked)} · Search`}
        description="What an id stands for: a post, a review, an author, a target, an account with its following, or a case. Searches are logged."
      />
      <SearchForm asked={asked} search={(id) => setParams(id === "" ? {} : { id })} />
      {asked === "" && <p className="quiet">Only ids are searched, never people's words.</p>}
      {asked !== "" && isId(asked) && <Matches id={asked} />}
    </>
  );
}

interface SearchFormProps {
  readonly asked: string;
  search(id: string): void;
}

function SearchForm({ asked, search }: SearchFormProps) {
  const [id, type] = useTyped(asked);
  const [fault, setFault] = useState(() => (asked === "" ? undefined : faultOfId(asked)));
  const field = useRef<InputProps.Ref>(null);
  useKeys("global", [{ keys: "/", title: "Search for an id", run: () => field.current?.select() }]);
  return (
    <search>
      <form
        className="search-form"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = id.trim();
          const wrong = wanted === "" ? "Put in an id." : faultOfId(wanted);
          setFault(wrong);
          if (wrong === undefined) search(wanted);
          else field.current?.focus();
        }}
      >
        <FormField
          label="Id"
          description={
            <>
              Whole, as the platform writes it. <kbd>/</kbd> leads here.
            </>
          }
          errorText={fault}
        >
          <Input
            ref={field}
            type="search"
            clearAriaLabel="Clear"
            value={id}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => {
              type(detail.value);
              setFault(undefined);
            }}
          />
        </FormField>
        <Button variant="primary" iconName="search" formAction="submit">
          Search
        </Button>
      </form>
    </search>
  );
}

/** A match is named by its kind and id: an account may be author and audience. */
const keyOf = ({ kind, id }: Match): string => `${kind} ${id}`;

function Matches({ id }: { readonly id: string }) {
  const shown = useAnswer("search", { query: { id } });
  const { role } = useMe();
  return (
    <Asked shown={shown}>
      {({ matches }) =>
        matches.length === 0 ? (
          <Empty title="Nothing that you may see has this id">
            {role === "brand"
              ? "You find public items that concern your brand, whole ids only."
              : "Ids are matched whole, letter by letter. What was erased, or kept as long as it may be, is not found."}
          </Empty>
        ) : (
          <>
            <p className="quiet" role="status">
              {matches.length === 1 ? "One thing has" : `${matches.length} things have`} the id <SafeInline text={id} />
            </p>
            <CardList scope="matches" label="Matches" all={matches} keyOf={keyOf}>
              {(match) => <MatchCard match={match} />}
            </CardList>
          </>
        )
      }
    </Asked>
  );
}
