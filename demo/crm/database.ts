/**
 * The CRM's contacts in a file, filled with the first contacts when it is new.
 *
 * @module
 */
import Database from 'libsql';
import { type Column, type ContactRow, columns } from './columns.js';
import type { Condition } from './filter.js';
import { seed } from './seed.js';

export interface ContactTable {
  find(select: Column[], where: Condition, limit: number): Partial<ContactRow>[];
  /**
   * Returns the contacts whose name, address, number or GUID contains `text`, ordered by last name. An empty text
   * returns all.
   */
  search(text: string): ContactRow[];
  byId(id: string): ContactRow | undefined;
  close(): void;
}

const names = Object.keys(columns) as Column[];

/** @throws Error if the file is not such a database. */
export function openContacts(file: string): ContactTable {
  try {
    return open(file);
  } catch {
    throw new Error(`${file} is not the CRM's database. Move it away; the next start writes a new one.`);
  }
}

function open(file: string): ContactTable {
  const database = new Database(file);
  const definitions = names.map((name) => `${name} ${columns[name] === 'number' ? 'INTEGER' : 'TEXT'}`);
  database.exec(`CREATE TABLE IF NOT EXISTS contacts (${definitions.join(', ')}, PRIMARY KEY (contactid))`);

  const insert = database.prepare(
    `INSERT OR IGNORE INTO contacts (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  const fill = database.transaction(() => {
    const { total } = database.prepare('SELECT count(*) AS total FROM contacts').get() as { total: number };
    if (total > 0) return;
    for (const contact of seed) {
      const row: Partial<ContactRow> = {
        statecode: 0,
        fullname: `${contact.firstname} ${contact.lastname}`,
        ...contact,
      };
      insert.run(...names.map((name) => row[name] ?? null));
    }
  });
  fill();

  const byId = database.prepare(
    `SELECT ${names.join(', ')} FROM contacts WHERE contactid = ? COLLATE NOCASE`,
  );
  const searchable = ['fullname', 'emailaddress1', 'externaluseridentifier', 'contactid'] as const;
  const searched = database.prepare(
    `SELECT ${names.join(', ')} FROM contacts WHERE ${searchable.map((name) => `${name} LIKE ? ESCAPE '\\'`).join(' OR ')} ORDER BY lastname, firstname LIMIT 100`,
  );
  return {
    find: (select, { sql, values }, limit) =>
      database
        .prepare(`SELECT ${select.join(', ')} FROM contacts WHERE ${sql} ORDER BY contactid LIMIT ?`)
        .all(...values, limit) as Partial<ContactRow>[],
    search(text) {
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
      return searched.all(...searchable.map(() => pattern)) as ContactRow[];
    },
    byId: (id) => byId.get(id) as ContactRow | undefined,
    close: () => database.close(),
  };
}
