"""Services for papers about a study: the check of claims and quotations, and texts with figures filled in."""
