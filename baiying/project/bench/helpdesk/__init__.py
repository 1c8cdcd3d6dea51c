"""Another help desk (django-helpdesk) as a site of its own, as its guide says to set it up. Run by an environment of
its own, never by ours: nothing here is imported by the product."""
