import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { identicon } from '../../files/png.ts';
import type { Store } from '../../store/store.ts';
import { documentParents } from './document.ts';

/** Pictures that were posted to a menu entry, by its id. */
const MENU_IMAGES = '/system/menuentries/images';

/** The newest picture that was uploaded for a record with `isAvatar`. */
function avatarOf(store: Store, recordType: string, id: number): { bytes: Buffer; contentType: string } | undefined {
  const documents = [...store.collection('/system/documents').all(documentParents(recordType, id))];
  const found = documents.findLast(({ isAvatar }) => isAvatar === true);
  return found && { bytes: Buffer.from(String(found.content ?? ''), 'base64'), contentType: String(found.contentType) };
}

/** Who has no picture of their own gets one that is drawn from their id. */
const picture =
  (
    collection: string,
    label: string,
    own: (store: Store, id: number) => { bytes: Buffer; contentType: string } | undefined,
  ) =>
  ({ pathValues }: ActionRequest, { store }: HookContext): ActionAnswer => {
    const id = Number(pathValues.id);
    const records = store.collection(collection);
    if (records.size > 0 && !records.has(id)) throw missing(label, pathValues.id);
    return { status: 200, file: own(store, id) ?? { bytes: identicon(id), contentType: 'image/png' } };
  };

/** Pictures of people, priorities and menu entries: always real ones. */
export const pictures: Behaviour = {
  collection: MENU_IMAGES,
  actions: {
    'GET /company/contacts/{id}/image': picture('/company/contacts', 'Contact', (store, id) =>
      avatarOf(store, 'Contact', id),
    ),
    'GET /system/members/{id}/image': picture('/system/members', 'Member', (store, id) =>
      avatarOf(store, 'Member', id),
    ),
    'GET /service/priorities/{id}/image': picture('/service/priorities', 'Priority', () => undefined),
    'GET /system/menuentries/{id}/image': picture('/system/menuentries', 'MenuEntry', (store, id) => {
      const kept = store.collection(MENU_IMAGES).get(id);
      return kept && { bytes: Buffer.from(String(kept.base64), 'base64'), contentType: String(kept.contentType) };
    }),
    // What this takes is not described: a form with a file, or the bytes themselves.
    'POST /system/menuentries/{id}/image': (request, { store }) => {
      const { bytes, contentType } = request;
      const sent = request.form === undefined ? { bytes, contentType } : request.form.get('file');
      const file = typeof sent === 'object' && sent.bytes.length > 0 ? sent : undefined;
      if (file !== undefined)
        store.collection(MENU_IMAGES).put({
          id: Number(request.pathValues.id),
          contentType: file.contentType,
          base64: Buffer.from(file.bytes).toString('base64'),
        });
      return { status: 204 };
    },
  },
};
