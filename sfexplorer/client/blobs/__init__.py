"""Files in an org: attachments, documents and versions of files, in and out, never held whole."""
