import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";

import { TabList, TabPanel } from "./tabs";

const TABS = [
  { id: "problem", label: "Problem" },
  { id: "code", label: "Code" },
  { id: "chat", label: "Chat" },
] as const;

function Room() {
  const [selected, setSelected] = useState<(typeof TABS)[number]["id"]>("problem");
  return (
    <>
      <TabList name="room" label="Parts" tabs={TABS} selected={selected} onSelect={setSelected} />
      <TabPanel name="room" id="problem" selected={selected}>
        <p>statement</p>
      </TabPanel>
      <TabPanel name="room" id="code" selected={selected} keep>
        <p>editor</p>
      </TabPanel>
    </>
  );
}

const tab = (name: string) => screen.getByRole("tab", { name });

test("arrow keys, Home and End move and select, around the ends", async () => {
  render(<Room />);
  const user = userEvent.setup();
  await user.click(tab("Problem"));
  await user.keyboard("{ArrowRight}");
  expect(tab("Code").getAttribute("aria-selected")).toBe("true");
  expect(document.activeElement).toBe(tab("Code"));
  await user.keyboard("{End}{ArrowRight}");
  expect(document.activeElement).toBe(tab("Problem"));
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(tab("Chat"));
  await user.keyboard("{Home}");
  expect(tab("Problem").getAttribute("aria-selected")).toBe("true");
});

test("only the selected tab is in the order of Tab", () => {
  render(<Room />);
  expect(screen.getAllByRole("tab").map((each) => each.tabIndex)).toEqual([0, -1, -1]);
});

test("a panel is named by its tab; a kept one lives on while hidden", async () => {
  render(<Room />);
  expect(screen.getByRole("tabpanel", { name: "Problem" }).textContent).toBe("statement");
  expect(screen.getByText("editor").closest("[hidden]")).not.toBeNull();
  await userEvent.click(tab("Code"));
  expect(screen.queryByText("statement")).toBeNull();
  expect(screen.getByRole("tabpanel", { name: "Code" }).textContent).toBe("editor");
});
