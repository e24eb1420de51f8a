import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PreferencesForm } from "../../app/preferences-form.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { useMe } from "../../session/me.tsx";
import { ROLE_TITLES } from "../../session/role-titles.ts";

const listed = (names: readonly string[] | undefined, none: string): string =>
  names && names.length > 0 ? names.join(", ") : none;

/** Who the person is at this desk, and what they set for themselves. */
export default function MePage() {
  const { id, tenant, role, brands, languages, skills, queues } = useMe();
  const { title, does } = ROLE_TITLES[role];
  return (
    <>
      <PageHeader title="You" description="How the desk knows you, and how the console looks and behaves for you." />
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">At this desk</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Name at the desk", value: id },
              { label: "Role", value: `${title}: ${does}` },
              { label: "Team", value: tenant },
              { label: "Languages", value: listed(languages, "any") },
              { label: "Skills", value: listed(skills, "none named") },
              { label: "Queues", value: listed(queues, "all that the skills open") },
              ...(brands ? [{ label: "Brands", value: listed(brands, "none") }] : []),
            ]}
          />
        </Container>
        <Container header={<Header variant="h2">Preferences</Header>}>
          <PreferencesForm />
        </Container>
      </SpaceBetween>
    </>
  );
}
