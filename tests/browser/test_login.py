"""A browser logs in where a login is asked for, and comes to the question that it was sent for."""

from driving import chromium
from served import served

from ui.server.accounts import write_account


def test_a_reader_logs_in_and_reads_the_answer_of_the_link(seeds_index, tmp_path):
    accounts = tmp_path / "accounts"
    write_account(accounts, "camille", "un mot de passe")
    with served(seeds_index, "--auth-file", accounts) as address, chromium() as browser:
        page = browser.new_page(locale="fr-FR")
        page.goto(f"{address}?q=combien+de+soldats+sont+morts+%3F")
        assert page.title() == "Se connecter à Recoupe"
        page.get_by_label("Nom").fill("camille")
        page.get_by_label("Mot de passe").fill("faux")
        page.get_by_role("button", name="Se connecter").click()
        assert page.get_by_role("alert").inner_text() == "Ce nom et ce mot de passe ne vont pas ensemble."
        page.get_by_label("Nom").fill("camille")
        page.get_by_label("Mot de passe").fill("un mot de passe")
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(f"{address}?q=*")
        page.get_by_text("Les sources divergent").first.wait_for(timeout=30_000)
