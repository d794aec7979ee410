# What stands on every page.
frame-site = Casebook
frame-skip = Skip to the content
frame-nav = Main
frame-nav-cases = Cases
frame-nav-codebook = Codebook
frame-nav-about = About
frame-nav-share = Share a case
frame-nav-return = Return
frame-nav-staff = Staff
frame-nav-method = Method
frame-nav-statistics = Statistics
frame-nav-protection = Protection
frame-nav-log = Moderation log
frame-nav-transparency = Transparency
frame-member = Signed in as { $name }
frame-sign-out = Sign out
frame-footer = Cases and data: CC BY 4.0. Places: GeoNames. Nothing on this site is loaded from anywhere else, and readers get no cookie.
