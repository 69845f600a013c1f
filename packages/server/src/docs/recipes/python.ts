import { KEY_VARIABLE } from '../samples/sample.ts';
import type { Recipe } from './recipe.ts';

export const python: Recipe = {
  id: 'python',
  file: 'import.py',
  language: 'python',
  code: (baseUrl) => `import http.client
import json
import os
import sqlite3
import time
import urllib.error
import urllib.request
import uuid

# Wherever it is started from, the pull that is pending is found, and nobody else reads it.
os.chdir(os.path.dirname(os.path.abspath(__file__)))
os.umask(0o077)
# A second run at the same time fails: the lock is kept until this one ends.
db = sqlite3.connect("contacts.db", timeout=0)
db.execute("pragma locking_mode = exclusive")
db.execute("begin exclusive")
db.commit()
db.execute("create table if not exists contact (action_id integer primary key, data text)")
db.execute("create table if not exists pending (idempotency_key text, begun real)")


def pull(idempotency_key):
    """The contacts of a pull; None when it was released: they come with another."""
    request = urllib.request.Request(
        "${baseUrl}/api/v1",
        data=json.dumps(
            {"operation": "pullContacts", "idempotencyKey": idempotency_key}
        ).encode(),
        headers={
            "x-api-key": os.environ["${KEY_VARIABLE}"],
            "Content-Type": "application/json",
        },
    )
    for attempt in range(1, 6):
        wait = attempt
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                contacts = json.load(response)
            if not isinstance(contacts, list):
                raise ValueError("the answer is no list")
            return contacts
        except urllib.error.HTTPError as error:
            if error.headers.get("Error-Code") == "pull_released":
                return None
            if error.code < 500 and error.code not in (408, 409, 429) or attempt == 5:
                raise
            asked = error.headers.get("Retry-After", "")
            wait = int(asked) if asked.isdecimal() else attempt
        except (OSError, http.client.HTTPException, ValueError):
            if attempt == 5:
                raise
        time.sleep(wait)


contacts = None
while contacts != []:
    row = db.execute("select idempotency_key, begun from pending").fetchone()
    key, begun = row or (str(uuid.uuid4()), time.time())
    # The API has forgotten the name by then: it would be that of a new pull.
    if begun < time.time() - 30 * 86400:
        raise SystemExit("the pending pull is of more than 30 days ago: ask the agency for it")
    if not row:
        with db:
            db.execute("insert into pending values (?, ?)", (key, begun))
    contacts = pull(key)
    with db:
        db.executemany(
            "insert or ignore into contact values (?, ?)",
            [(contact["action_id"], json.dumps(contact)) for contact in contacts or []],
        )
        db.execute("delete from pending where idempotency_key = ?", (key,))`,
};
