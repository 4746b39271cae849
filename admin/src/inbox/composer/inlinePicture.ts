import { Node } from '@tiptap/core';

interface InlinePictureOptions {
  /** The bytes of the picture with that Content-ID. Rejects when it is not there any more. */
  load(contentId: string): Promise<Blob>;
}

/**
 * A picture in the text that travels with the email: in the HTML an <img> of a `cid:` address (RFC 2392), on the screen the picture
 * itself. Pictures of other origins are not taken in: the email could not bring them along.
 */
export const InlinePicture = Node.create<InlinePictureOptions>({
  name: 'inlinePicture',
  group: 'block',
  draggable: true,

  addOptions: () => ({ load: () => Promise.reject(new Error('No pictures here.')) }),

  addAttributes: () => ({
    src: { default: '' },
    alt: { default: '' },
    /** Pixels: Outlook heeds no style that keeps a picture within the page. */
    width: { default: null },
  }),

  parseHTML: () => [{ tag: 'img[src^="cid:"]' }],

  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],

  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('img');
      dom.alt = node.attrs.alt;
      if (node.attrs.width) dom.width = node.attrs.width;
      let url: string | null = null;
      this.options.load(String(node.attrs.src).slice('cid:'.length)).then(
        (bytes) => (dom.src = url = URL.createObjectURL(bytes)),
        () => (dom.alt = `[${node.attrs.alt}]`),
      );
      return { dom, destroy: () => url && URL.revokeObjectURL(url) };
    };
  },
});
