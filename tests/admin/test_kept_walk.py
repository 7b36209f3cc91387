"""Nothing typed is lost, in a real browser: the session ends, the browser is killed."""

import os
import re
import signal
import subprocess
from contextlib import contextmanager, suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from claims.models import Speaker
from tests.admin.desk_forms import PATIENCE, in_parts, make_desk, part_of, places
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, sign_in
from tests.factories import make_user, make_verdict
from tests.test_walk import Desk
from tests.windows import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Said “İğne” — twice, & <b>not</b> once."
# Types into each field of each posted form that somebody can see and type into.
TYPE = """(words) => {
  const typed = {};
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (form.dataset.kept === "no" || !form.elements.form_token) continue;
    for (const field of form.elements) {
      const isText = field.matches("textarea, [type=text], [type=url]");
      const isTyped = isText && !field.readOnly && !field.name.includes("__prefix__") &&
        !field.matches("[class*=select2], .vDateField, .actions *");
      if (!isTyped || !field.name) continue;
      field.value = words;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      typed[(form.getAttribute("action") || "") + " " + field.name] = field.value;
    }
  }
  return typed;
}"""
READ = """() => {
  const found = {};
  for (const form of document.querySelectorAll("form[method=post]")) {
    for (const field of form.elements) {
      found[(form.getAttribute("action") || "") + " " + field.name] = field.value;
    }
  }
  return found;
}"""
KEPT = """async (count) => {
  const request = indexedDB.open("desk-kept", 1);
  const database = await new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const store = database.transaction("words").objectStore("words").getAll();
  const boxes = await new Promise((done) => {
    store.onsuccess = () => done(store.result);
  });
  database.close();
  return boxes.length === count;
}"""
READY = "() => document.documentElement.dataset.kept === 'ready'"


def ready(page):
    page.wait_for_function(READY)


def wait_for_kept(page, count=1):
    page.wait_for_function(KEPT, arg=count)


def take_back(page):
    """Put back all that is offered."""
    offers = page.get_by_role("button", name="Put it back into the form")
    offers.first.wait_for()
    while offers.count():
        offers.first.click()


def end_sessions():
    Session.objects.all().delete()


def signed_in_window(open_window, live_server, group="Editors", **options):
    user = make_user(group, superuser=group is None)
    return Desk(open_window(**options), live_server, user.username), user


@pytest.mark.slow
def test_a_verdict_outlives_the_session_it_was_written_in(open_window, live_server):
    desk, user = signed_in_window(open_window, live_server)
    verdict, page = make_verdict(author=user), desk.page
    path = f"/admin/claims/verdict/{verdict.pk}/change/"
    desk.go(path)
    ready(page)
    page.fill("#id_explanation", WORDS)
    page.locator(".add-row a").click()
    rows = page.locator("#id_evidence-TOTAL_FORMS").input_value()
    last = f"#id_evidence-{int(rows) - 1}-"
    page.fill(f"{last}title", "Minutes of the second day")
    wait_for_kept(page)
    end_sessions()
    desk.press("Save")
    # The answer shows it whole, and the form offers it after signing in.
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    expect(page.locator("#content")).to_contain_text(WORDS)
    sign_in(page.context, live_server, user)
    desk.go(path)
    offer = page.get_by_role("region", name="Typed here and not saved")
    expect(offer).to_contain_text("Minutes of the second day")
    take_back(page)
    assert page.input_value("#id_explanation") == WORDS
    assert page.input_value(f"{last}title") == "Minutes of the second day"
    page.fill(f"{last}url", "https://minutes.example/2")
    desk.press("Save")
    expect(page.locator(".messagelist .success")).to_be_visible()
    verdict.refresh_from_db()
    assert verdict.explanation == WORDS
    # Confirmed: nothing is kept, and nothing offered.
    ready(page)
    wait_for_kept(page, 0)
    expect(page.locator(".desk-kept")).to_have_count(0)
    assert complaints_of(page) == []


@pytest.mark.slow
def test_a_refused_form_stays_kept_until_it_is_saved(open_window, live_server):
    desk, _user = signed_in_window(open_window, live_server)
    page = desk.page
    desk.go("/admin/claims/speaker/add/")
    ready(page)
    page.fill("#id_description", WORDS)
    page.evaluate("document.querySelector('#speaker_form').noValidate = true")
    desk.press("Save")
    expect(page.locator(".errornote").first).to_be_visible()
    ready(page)
    expect(page.locator(".desk-kept")).to_have_count(0)
    wait_for_kept(page)
    # Left and come back to, it is offered.
    desk.go("/admin/claims/speaker/add/")
    take_back(page)
    assert page.input_value("#id_description") == WORDS
    page.fill("#id_name", "Mina Falk")
    desk.press("Save")
    expect(page.locator(".messagelist .success")).to_be_visible()
    ready(page)
    wait_for_kept(page, 0)


@pytest.mark.slow
def test_words_taken_in_are_kept_until_the_article_is_stored(open_window, live_server):
    desk, _user = signed_in_window(open_window, live_server)
    page = desk.page
    desk.go("/admin/claims/article/intake/")
    ready(page)
    page.fill("[name=raw_words]", f"The harbour opens\n\n{WORDS}")
    wait_for_kept(page)
    page.locator("#intake [type=submit]").first.click()
    expect(page.locator("#id_body")).to_have_value(re.compile("Said"))
    ready(page)
    # The form has them now; the page they were pasted into offers nothing.
    desk.go("/admin/claims/article/intake/")
    ready(page)
    expect(page.locator(".desk-kept")).to_have_count(0)
    desk.go("/admin/claims/article/add/")
    take_back(page)
    assert WORDS in page.input_value("#id_body")


@pytest.mark.slow
def test_a_double_click_on_save_adds_one_speaker(open_window, live_server):
    desk, _user = signed_in_window(open_window, live_server)
    page = desk.page
    desk.go("/admin/claims/speaker/add/")
    page.fill("#id_name", "Mina Falk")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.locator(".messagelist li").first).to_be_visible()
    assert Speaker.objects.filter(name="Mina Falk").count() == 1


@pytest.mark.slow
def test_who_signs_in_next_in_the_same_browser_reads_nothing(open_window, live_server):
    desk, _user = signed_in_window(open_window, live_server)
    page = desk.page
    desk.go("/admin/claims/speaker/add/")
    ready(page)
    page.fill("#id_description", WORDS)
    wait_for_kept(page)
    next_one = make_user("Editors")
    sign_in(page.context, live_server, next_one)
    desk.go("/admin/claims/speaker/add/")
    ready(page)
    expect(page.locator(".desk-kept")).to_have_count(0)
    stored = page.evaluate(
        """async () => {
          const request = indexedDB.open("desk-kept", 1);
          await new Promise((done) => { request.onsuccess = done; });
          const store = request.result.transaction("words").objectStore("words");
          const all = store.getAll();
          await new Promise((done) => { all.onsuccess = done; });
          request.result.close();
          return all.result.map((box) =>
            Object.keys(box).join() + new TextDecoder().decode(box.sealed));
        }"""
    )
    assert len(stored) == 1
    assert "twice" not in stored[0]
    assert "plain" not in stored[0]


@contextmanager
def own_browser(chromium, profile):
    """A browser with a folder of its own, to be killed; yields window and process."""
    context = chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS
    )
    found = subprocess.run(
        ["pgrep", "-f", "--", f"--user-data-dir={profile}"],
        capture_output=True,
        text=True,
        check=True,
    )
    try:
        yield context, [int(each) for each in found.stdout.split()]
    finally:
        # One that was killed is closed already.
        with suppress(PlaywrightError):
            context.close()


@pytest.mark.slow
def test_what_was_typed_outlives_a_killed_browser(live_server, browser, tmp_path):
    chromium, user = browser.browser_type, make_user("Editors")
    verdict = make_verdict(author=user)
    address = f"{live_server.url}/admin/claims/verdict/{verdict.pk}/change/"
    with own_browser(chromium, tmp_path) as (context, processes):
        sign_in(context, live_server, user)
        page = context.pages[0]
        page.goto(address)
        ready(page)
        page.locator("#id_how_verified").press_sequentially(WORDS)
        wait_for_kept(page)
        expected = page.input_value("#id_how_verified")
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
    with own_browser(chromium, tmp_path) as (context, _processes):
        sign_in(context, live_server, user)
        page = context.pages[0]
        page.goto(address)
        take_back(page)
        assert page.input_value("#id_how_verified") == expected


@in_parts
@pytest.mark.long
def test_every_form_of_the_desk_outlives_its_session(
    open_window, live_server, part, record_property
):
    made = make_desk()
    user = made["root"]
    desk = Desk(open_window(keep=False), live_server, user.username)
    page, tried = desk.page, []
    page.set_default_timeout(PATIENCE)
    for _rows, name, address in part_of(places(made, {}), part):
        if "annotate" in name or name.endswith(("_changelist", "_delete")):
            continue
        response = desk.go(address)
        is_page = "text/html" in response.headers.get("content-type", "")
        if response.status != 200 or not is_page or not page.locator("#kept").count():
            continue
        ready(page)
        typed = page.evaluate(TYPE, WORDS)
        if not typed:
            continue
        before = page.url
        page.wait_for_function(
            """async (typed) => {
              const { vaultOfPage } = await import(
                document.querySelector('script[src*="kept/kept"]').src.replace(
                  /kept\\.js$/, "vault.js"));
              const all = await vaultOfPage().all("/");
              const kept = all.flatMap(({ value }) => Object.keys(value.typed));
              return typed.every((name) => kept.includes(name.split(" ").pop()));
            }""",
            arg=list(typed),
        )
        end_sessions()
        sign_in(page.context, live_server, user)
        page.goto("about:blank")
        page.goto(before)
        take_back(page)
        found = page.evaluate(READ)
        assert {one: found.get(one) for one in typed} == typed, name
        page.evaluate("indexedDB.deleteDatabase('desk-kept')")
        tried.append(name)
    assert len(tried) > 2, tried
    record_property("forms", len(tried))
